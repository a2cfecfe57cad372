import { useColleagues } from "../app/presence";
import type { RuleCatalog, RuleFacts } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { useText } from "./ownFields";
import { actionWords, alwaysTrue, conditionWords, whenWords } from "./ruleWords";

/** A rule as one sentence: when, if, then. */
export function RuleSentence({ rule, catalog }: { rule: RuleFacts; catalog: RuleCatalog }) {
  const { t } = useWords();
  const text = useText();
  const colleagues = useColleagues();
  const nameOf = (id: string) => colleagues.find((one) => one.id === id)?.name ?? id;
  const reader = { catalog, text, t, nameOf };
  return (
    <p className="rule-sentence">
      <b>{t("rule.when")}</b> {whenWords(rule, reader)}
      {!alwaysTrue(rule.if) && (
        <>
          {" "}
          <b>{t("rule.if")}</b> {conditionWords(rule.if, reader)}
        </>
      )}{" "}
      <b>{t("rule.then")}</b> {rule.then.map((one) => actionWords(one, reader)).join("; ")}
    </p>
  );
}
