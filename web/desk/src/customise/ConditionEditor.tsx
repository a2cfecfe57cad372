import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Segmented, Select } from "antd";
import type { Compare, Condition, Group, RuleCatalog } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { useText } from "./ownFields";
import { factOf, isCompare, isGroup, isNot, partsOf } from "./ruleWords";

interface Props {
  value: Condition;
  onChange: (value: Condition) => void;
  catalog: RuleCatalog;
  /** Prefixes of the fields that are known. */
  known: string[];
  depth?: number;
}

const EMPTY: Compare = { field: "ticket.priority", op: "is", value: "critical" };
const group = (kind: "all" | "any", parts: Condition[]): Group => ({ [kind]: parts });

/** A tree of conditions: all of these, any of these, not this. */
export function ConditionEditor({ value, onChange, catalog, known, depth = 0 }: Props) {
  const { t } = useWords();
  const whole: Group = isGroup(value) ? value : { all: [value] };
  const kind = whole.any ? "any" : "all";
  const parts = partsOf(whole);
  const put = (next: Condition[]) => onChange(group(kind, next));
  const change = (at: number, part: Condition) => put(parts.map((one, index) => (index === at ? part : one)));
  return (
    <div className={depth ? "condition-group" : undefined}>
      {(parts.length > 1 || depth > 0) && (
        <Segmented<"all" | "any">
          size="small"
          value={kind}
          options={[
            { value: "all", label: t("rule.allOf") },
            { value: "any", label: t("rule.anyOf") },
          ]}
          onChange={(next) => onChange(group(next, parts))}
        />
      )}
      {parts.length === 0 && <p className="quiet">{t("rule.always")}</p>}
      {parts.map((part, at) => {
        const negated = isNot(part);
        const inner = negated ? part.not : part;
        const wrap = (next: Condition): Condition => (negated ? { not: next } : next);
        return (
          <div key={at} className="condition-line">
            <Button
              size="small"
              type={negated ? "primary" : "default"}
              aria-pressed={negated}
              onClick={() => change(at, negated ? inner : { not: inner })}
            >
              {t("rule.not")}
            </Button>
            <div className="condition-body">
              {isCompare(inner) ? (
                <Line value={inner} catalog={catalog} known={known} onChange={(next) => change(at, wrap(next))} />
              ) : (
                <ConditionEditor
                  value={inner}
                  catalog={catalog}
                  known={known}
                  depth={depth + 1}
                  onChange={(next) => change(at, wrap(next))}
                />
              )}
            </div>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t("rule.removeCondition")}
              onClick={() => put(parts.filter((_, index) => index !== at))}
            />
          </div>
        );
      })}
      <span className="condition-acts">
        <Button size="small" icon={<PlusOutlined />} onClick={() => put([...parts, EMPTY])}>
          {t("rule.addCondition")}
        </Button>
        {depth + 1 < catalog.max_depth && (
          <Button size="small" onClick={() => put([...parts, group(kind === "all" ? "any" : "all", [EMPTY])])}>
            {t("rule.addGroup")}
          </Button>
        )}
      </span>
    </div>
  );
}

interface LineProps {
  value: Compare;
  onChange: (value: Compare) => void;
  catalog: RuleCatalog;
  known: string[];
}

function Line({ value, onChange, catalog, known }: LineProps) {
  const { t } = useWords();
  const text = useText();
  const fact = factOf(catalog, value.field);
  const operators = catalog.operators[fact?.kind ?? "text"] ?? [];
  const operator = operators.find((one) => one.op === value.op);
  const known_ = catalog.fields.filter((one) => known.includes(one.name.split(".")[0] ?? ""));
  const pick = (field: string) => {
    const next = catalog.fields.find((one) => one.name === field);
    const first = catalog.operators[next?.kind ?? "text"]?.[0];
    onChange({ field, op: first?.op ?? "is", value: next?.kind === "boolean" ? true : undefined });
  };
  return (
    <>
      <Select
        size="small"
        className="condition-field"
        showSearch={{ optionFilterProp: "label" }}
        aria-label={t("rule.field")}
        value={value.field}
        options={known_.map((one) => ({ value: one.name, label: text(one.label) }))}
        onChange={pick}
      />
      <Select
        size="small"
        className="condition-op"
        aria-label={t("rule.operator")}
        value={value.op}
        options={operators.map((one) => ({ value: one.op, label: text(one.label) }))}
        onChange={(op) => onChange({ ...value, op, value: shaped(value.value, operators.find((one) => one.op === op)?.needs) })}
      />
      {operator && operator.needs !== "nothing" && (
        <ValueInput value={value} needs={operator.needs} catalog={catalog} onChange={(next) => onChange({ ...value, value: next })} />
      )}
    </>
  );
}

const shaped = (value: unknown, needs?: string): unknown =>
  needs === "several" ? [value].flat().filter((one) => one !== undefined && one !== "") : needs === "nothing" ? undefined : [value].flat()[0];

function ValueInput(props: { value: Compare; needs: string; catalog: RuleCatalog; onChange: (value: unknown) => void }) {
  const { t } = useWords();
  const text = useText();
  const { value, needs, catalog, onChange } = props;
  const fact = factOf(catalog, value.field);
  const label = t("rule.value");
  const choices =
    fact?.kind === "boolean"
      ? [
          { value: "true", label: t("state.yes") },
          { value: "false", label: t("state.no") },
        ]
      : (fact?.options ?? []).map((one) => ({ value: one.value, label: text(one.label) }));
  if (needs === "number" || needs === "days") {
    return (
      <InputNumber size="small" aria-label={label} value={value.value as number} suffix={needs === "days" ? t("rule.days") : undefined} onChange={onChange} />
    );
  }
  if (needs === "several") {
    return (
      <Select<string[]>
        size="small"
        className="condition-value"
        mode={choices.length ? "multiple" : "tags"}
        open={choices.length ? undefined : false}
        aria-label={label}
        value={(value.value as string[] | undefined) ?? []}
        options={choices}
        onChange={onChange}
      />
    );
  }
  if (choices.length) {
    return (
      <Select<string>
        size="small"
        className="condition-value"
        aria-label={label}
        value={value.value === undefined ? undefined : String(value.value)}
        options={choices}
        onChange={(next) => onChange(fact?.kind === "boolean" ? next === "true" : next)}
      />
    );
  }
  return (
    <Input
      size="small"
      className="condition-value"
      type={fact?.kind === "date" ? "date" : "text"}
      aria-label={label}
      value={String(value.value ?? "")}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
