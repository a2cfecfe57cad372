import { App, Button, Dropdown } from "antd";
import type { RuleCatalog } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { useText } from "./ownFields";

/** Every place that a text may hold; choosing one copies it. */
export function Places({ catalog, known }: { catalog: RuleCatalog; known: string[] }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const text = useText();
  const fields = catalog.fields.filter((one) => known.includes(one.name.split(".")[0] ?? ""));
  const copy = (name: string) => {
    void navigator.clipboard?.writeText(`{{${name}}}`);
    void message.success(t("rule.placeCopied", { place: `{{${name}}}` }));
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        className: "places",
        items: fields.map((one) => ({ key: one.name, label: `${text(one.label)} {{${one.name}}}` })),
        onClick: ({ key }) => copy(key),
      }}
    >
      <Button size="small">{t("rule.places")}</Button>
    </Dropdown>
  );
}
