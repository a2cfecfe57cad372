import { Tabs } from "antd";
import { useLocation, useNavigate } from "react-router";
import { useWords } from "../i18n/LanguageProvider";

/** The library, and what was done by it. */
export function SopTabs() {
  const { t } = useWords();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <Tabs
      activeKey={pathname.endsWith("/runs") ? "/sops/runs" : "/sops"}
      onChange={(key) => void navigate(key)}
      items={[
        { key: "/sops", label: t("sop.library") },
        { key: "/sops/runs", label: t("sop.runs") },
      ]}
    />
  );
}
