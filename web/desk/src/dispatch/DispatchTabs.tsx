import { Tabs } from "antd";
import { useLocation, useNavigate } from "react-router";
import { useWords } from "../i18n/LanguageProvider";

const TABS = ["", "engineers", "rules"] as const;

/** The pages of dispatch. */
export function DispatchTabs() {
  const { t } = useWords();
  const go = useNavigate();
  const here = useLocation().pathname.split("/")[2] ?? "";
  return (
    <Tabs
      activeKey={TABS.find((one) => one === here) ?? ""}
      onChange={(key) => void go(key ? `/dispatch/${key}` : "/dispatch")}
      items={TABS.map((one) => ({ key: one, label: t(one ? `dispatch.tab_${one}` : "dispatch.tab_board") }))}
    />
  );
}
