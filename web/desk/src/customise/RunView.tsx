import { CheckCircleTwoTone, CloseCircleTwoTone, MinusCircleOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import { Link } from "react-router";
import type { RuleCatalog, Run, Truth } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { useText } from "./ownFields";
import { factOf } from "./ruleWords";

const shown = (value: unknown): string =>
  value === null || value === undefined || value === "" ? "–" : typeof value === "string" ? value : JSON.stringify(value);

/** One look of a rule: each condition with its truth, each act with what it did. */
export function RunView({ run, catalog }: { run: Run; catalog: RuleCatalog }) {
  const { t } = useWords();
  const text = useText();
  return (
    <div className="run">
      <TruthTree truth={run.truth} catalog={catalog} />
      {run.error && <p className="run-error">{run.error}</p>}
      {run.acts.length > 0 && (
        <ul className="run-acts">
          {run.acts.map((act, at) => (
            <li key={at}>
              <Tag color={act.state === "done" ? "green" : act.state === "failed" ? "red" : undefined}>
                {t.label("actState", act.state)}
              </Tag>{" "}
              {text(catalog.actions.find((one) => one.do === act.do)?.label) || t.label("ruleAct", act.do)}
              {act.told && <span className="quiet"> {act.told}</span>}
            </li>
          ))}
        </ul>
      )}
      {run.changes.length > 0 && (
        <table className="run-changes">
          <tbody>
            {run.changes.flatMap((row) =>
              Object.entries(row.columns).map(([column, [before, after]]) => (
                <tr key={`${row.table}.${row.id}.${column}`}>
                  <th scope="row">
                    {row.table}.{column}
                  </th>
                  <td>{shown(before)}</td>
                  <td aria-hidden>→</td>
                  <td>{shown(after)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
    </div>
  );
}

function TruthTree({ truth, catalog }: { truth: Truth; catalog: RuleCatalog }) {
  const { t } = useWords();
  const text = useText();
  const icon = truth.holds ? (
    <CheckCircleTwoTone twoToneColor="#389e0d" aria-label={t("rule.true")} />
  ) : (
    <CloseCircleTwoTone twoToneColor="#cf1322" aria-label={t("rule.false")} />
  );
  if (truth.kind === "test") {
    const fact = factOf(catalog, truth.field);
    const operator = catalog.operators[fact?.kind ?? "text"]?.find((one) => one.op === truth.op);
    return (
      <p className="truth">
        {icon} {text(fact?.label) || truth.field} {text(operator?.label) || truth.op}{" "}
        {operator?.needs !== "nothing" && <code>{shown(truth.value)}</code>}
        <span className="quiet"> {t("rule.found", { value: shown(truth.found) })}</span>
      </p>
    );
  }
  if (truth.parts.length === 0) {
    return (
      <p className="truth">
        {truth.holds ? icon : <MinusCircleOutlined />} {t("rule.always")}
      </p>
    );
  }
  return (
    <div className="truth-group">
      <p className="truth">
        {icon} {t(truth.kind === "not" ? "rule.not" : truth.kind === "all" ? "rule.allOf" : "rule.anyOf")}
      </p>
      <div className="truth-parts">
        {truth.parts.map((part, at) => (
          <TruthTree key={at} truth={part} catalog={catalog} />
        ))}
      </div>
    </div>
  );
}

/** Where a run took place, as a link to the ticket. */
export function RunPlace({ run }: { run: Run }) {
  const number = run.object_label;
  return number.startsWith("TK-") ? (
    <Link to={`/tickets/${encodeURIComponent(number)}`} className="figures">
      {number}
    </Link>
  ) : (
    <span className="figures">{number}</span>
  );
}
