import { ExperimentOutlined } from "@ant-design/icons";
import { Alert, Button, Input, Tag } from "antd";
import { useState } from "react";
import { testRule } from "../api/customise";
import type { RuleCatalog, RuleFacts, Run } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { useCommand } from "../ui/useCommand";
import { RunPlace, RunView } from "./RunView";

/** Try the rule as it stands here, on one ticket or on those that changed last; nothing is kept. */
export function RuleTest({ facts, catalog }: { facts: RuleFacts; catalog: RuleCatalog }) {
  const { t } = useWords();
  const [number, setNumber] = useState("");
  const [runs, setRuns] = useState<Run[]>();
  const test = useCommand<{ ticket?: string; recent?: number }, { runs: Run[] }>({
    run: (asked) => testRule({ rule: { ...facts, name: facts.name.trim() || "–" }, ...asked }),
    quiet: true,
    onDone: (result) => setRuns(result.runs),
  });
  return (
    <Section title={t("rule.test")}>
      <p className="quiet">{t("rule.testHint")}</p>
      <form
        className="rule-test"
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim()) test.submit({ ticket: number.trim() });
        }}
      >
        <Input
          aria-label={t("ticket.number")}
          placeholder={t("customise.sampleTicket")}
          value={number}
          maxLength={40}
          onChange={(event) => setNumber(event.target.value)}
        />
        <Button htmlType="submit" icon={<ExperimentOutlined />} disabled={!number.trim()} loading={test.busy}>
          {t("rule.try")}
        </Button>
        <Button loading={test.busy} onClick={() => test.submit({ recent: 10 })}>
          {t("rule.tryRecent")}
        </Button>
      </form>
      {test.error && <Alert type="error" showIcon title={test.error.message} />}
      {runs?.map((run) => (
        <details key={run.id} open={runs.length === 1} className="run-line">
          <summary>
            <RunPlace run={run} />
            <Tag color={run.error ? "red" : run.matched ? "green" : undefined}>
              {t(run.error ? "rule.wouldFail" : run.matched ? "rule.wouldAct" : "rule.wouldNot")}
            </Tag>
          </summary>
          <RunView run={run} catalog={catalog} />
        </details>
      ))}
    </Section>
  );
}
