import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { restoreRule, ruleVersions } from "../api/customise";
import type { Rule } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";

/** What the rule said before; each revision can be brought back. */
export function RuleHistory({ rule }: { rule: Rule }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ["rules", rule.id, "versions", rule.revision], queryFn: () => ruleVersions(rule.id) });
  const restore = useCommand<number, Rule>({
    run: (revision) => restoreRule(rule.id, revision),
    refresh: [["rules"]],
    done: (_, revision) => t("rule.restored", { revision }),
  });
  return (
    <Section title={t("rule.versions")}>
      <ul className="family">
        {found.data?.items.map((one) => (
          <li key={one.revision}>
            <strong>{t("rule.revision", { number: one.revision })}</strong> <span>{one.actor}</span>{" "}
            <WhenText at={one.at} />
            {one.revision !== rule.revision && (
              <Button type="link" size="small" loading={restore.busy} onClick={() => restore.submit(one.revision)}>
                {t("rule.restore")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
