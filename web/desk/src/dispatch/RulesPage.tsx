import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Select, Switch, Table } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { addRule, changeRule, dispatchLog, removeRule, rules } from "../api/engineers";
import type { LogLine, Rule } from "../api/engineers";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { DispatchTabs } from "./DispatchTabs";
import { ReasonList } from "./reasons";
import "../styles/dispatch.css";

const KEYS = [["dispatch", "rules"]];
const WHEN = ["types", "priorities", "models", "families", "areas", "countries", "tiers", "tags"] as const;
const ACTS = ["none", "suggest", "offer", "assign"] as const;

/** Who gets which job without anybody choosing, and why it went so. */
export default function RulesPage() {
  const { t } = useWords();
  const found = useQuery({ queryKey: ["dispatch", "rules"], queryFn: rules });
  const [edited, setEdited] = useState<Rule | "new" | null>(null);
  const change = useCommand<Rule, Rule>({
    run: (one) => changeRule(one.id, { active: !one.active, version: one.version }),
    refresh: KEYS,
  });
  const remove = useCommand<Rule, unknown>({
    run: (one) => removeRule(one.id),
    refresh: KEYS,
    done: (_, { name, position, active, when, needs, act, least_score, within_hours }) => ({
      text: t("dispatch.ruleRemoved", { name }),
      undo: () => addRule({ name, position, active, when, needs, act, least_score, within_hours }, crypto.randomUUID()),
    }),
  });
  if (found.isPending) return <PageSkeleton />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  return (
    <div className="page">
      <PageHead title={t("dispatch.tab_rules")} sub={t("dispatch.rulesHint")}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>
          {t("dispatch.addRule")}
        </Button>
      </PageHead>
      <DispatchTabs />
      <Table<Rule>
        rowKey="id"
        dataSource={found.data.items}
        pagination={false}
        scroll={{ x: 820 }}
        locale={{ emptyText: <EmptyState title={t("dispatch.noRules")} hint={t("dispatch.noRulesHint")} /> }}
        columns={[
          { title: t("dispatch.order"), dataIndex: "position", align: "right", width: 80 },
          {
            title: t("dispatch.ruleName"),
            render: (_, one) => <Button type="link" onClick={() => setEdited(one)}>{one.name}</Button>,
          },
          { title: t("dispatch.when"), render: (_, one) => <WhenText rule={one} /> },
          { title: t("dispatch.then"), render: (_, one) => t.label("ruleAct", one.act ?? "none") },
          {
            title: t("dispatch.on"),
            width: 80,
            render: (_, one) => (
              <Switch size="small" checked={one.active} aria-label={one.name} onChange={() => change.submit(one)} />
            ),
          },
          {
            title: "",
            width: 60,
            render: (_, one) => (
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t("dispatch.removeRule", { name: one.name })}
                onClick={() => remove.submit(one)}
              />
            ),
          },
        ]}
      />
      <Log />
      {edited && <RuleDialog rule={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </div>
  );
}

function WhenText({ rule }: { rule: Rule }) {
  const { t } = useWords();
  const parts = WHEN.flatMap((name) => {
    const values = rule.when?.[name] ?? [];
    return values.length ? [`${t.label("ruleWhen", name)}: ${values.join(", ")}`] : [];
  });
  return <>{parts.join("; ") || t("dispatch.always")}</>;
}

interface Values {
  name: string;
  position: number;
  act: (typeof ACTS)[number];
  least_score: number;
  within_hours: number;
  when: Partial<Record<(typeof WHEN)[number], string[]>>;
  skills: string[];
  level?: number | null;
  minutes?: number | null;
}

function RuleDialog({ rule, onClose }: { rule: Rule | null; onClose: () => void }) {
  const { t } = useWords();
  const skills = rule?.needs?.skills?.map((one) => one.skill) ?? [];
  return (
    <ActDialog<Values, Rule>
      width={720}
      title={t(rule ? "dispatch.editRule" : "dispatch.addRule")}
      submit={t("act.save")}
      version={rule?.version}
      initial={{
        name: rule?.name ?? "", position: rule?.position ?? 100, act: rule?.act ?? "suggest",
        least_score: rule?.least_score ?? 0, within_hours: rule?.within_hours ?? 72, when: rule?.when ?? {},
        skills, level: rule?.needs?.level, minutes: rule?.needs?.minutes,
      }}
      refresh={KEYS}
      run={({ skills: wanted, level, minutes, ...facts }, { key, version }) => {
        const needs = {
          ...rule?.needs,
          skills: wanted.map((skill) => rule?.needs?.skills?.find((one) => one.skill === skill) ?? { skill, certified: false }),
          level: level ?? null,
          minutes: minutes ?? null,
        };
        return rule ? changeRule(rule.id, { ...facts, needs, version }) : addRule({ ...facts, needs }, key);
      }}
      done={() => t("dispatch.saved")}
      onClose={onClose}
    >
      <div className="form-three">
        <Form.Item name="name" label={t("dispatch.ruleName")} rules={[{ required: true, whitespace: true, message: t("form.needed") }]}>
          <Input autoFocus maxLength={120} />
        </Form.Item>
        <Form.Item name="position" label={t("dispatch.order")}>
          <InputNumber min={0} max={10_000} />
        </Form.Item>
        <Form.Item name="act" label={t("dispatch.then")}>
          <Select options={ACTS.map((one) => ({ value: one, label: t.label("ruleAct", one) }))} />
        </Form.Item>
      </div>
      <div className="form-three">
        {WHEN.map((name) => (
          <Form.Item key={name} name={["when", name]} label={t.label("ruleWhen", name)}>
            <Select mode="tags" placeholder={t("dispatch.any")} />
          </Form.Item>
        ))}
      </div>
      <div className="form-three">
        <Form.Item name="skills" label={t("dispatch.needsSkills")}>
          <Select mode="tags" />
        </Form.Item>
        <Form.Item name="level" label={t("dispatch.level")}>
          <InputNumber min={1} max={9} />
        </Form.Item>
        <Form.Item name="minutes" label={t("dispatch.workMinutes")}>
          <InputNumber min={5} max={10_080} />
        </Form.Item>
      </div>
      <div className="form-three">
        <Form.Item name="least_score" label={t("dispatch.leastScore")}>
          <InputNumber min={0} max={100} />
        </Form.Item>
        <Form.Item name="within_hours" label={t("dispatch.withinHours")}>
          <InputNumber min={1} max={1440} />
        </Form.Item>
      </div>
    </ActDialog>
  );
}

function Log() {
  const { t, f } = useWords();
  const found = useQuery({ queryKey: ["dispatch", "log"], queryFn: dispatchLog });
  return (
    <>
      <h2 className="plan-earlier">{t("dispatch.log")}</h2>
      <Table<LogLine>
        rowKey="id"
        size="small"
        loading={found.isPending}
        dataSource={found.data?.items ?? []}
        pagination={false}
        scroll={{ x: 760 }}
        locale={{ emptyText: t("dispatch.logEmpty") }}
        columns={[
          { title: t("dispatch.at"), render: (_, one) => f.dateTime(one.at), width: 170 },
          {
            title: t("dispatch.job"),
            render: (_, one) => <Link to={`/tickets/${encodeURIComponent(one.ticket)}`}>{one.work_order || one.ticket}</Link>,
          },
          { title: t("dispatch.what"), render: (_, one) => [t.label("dispatchLog", one.kind), t.label("dispatchLog", one.outcome), one.rule].filter(Boolean).join(" · ") },
          { title: t("ticket.engineer"), dataIndex: "engineer" },
          { title: t("dispatch.why"), render: (_, one) => one.text || <ReasonList reasons={one.reasons} /> },
        ]}
      />
    </>
  );
}
