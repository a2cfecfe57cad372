import { CopyOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, App, Button, Checkbox, Input, InputNumber, Select, Space } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { changeRule, copyRule, createRule, deleteRule } from "../api/customise";
import type { Rule, RuleCatalog, RuleFacts } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { ActionEditor, firstAction } from "./ActionEditor";
import { ConditionEditor } from "./ConditionEditor";
import { Movable } from "./Movable";
import { Places } from "./Places";
import { RuleHistory } from "./RuleHistory";
import { RuleLog } from "./RuleLog";
import { RuleSentence } from "./RuleSentence";
import { RuleTest } from "./RuleTest";
import { useText } from "./ownFields";

const RULES = [["rules"]];
const NEW: RuleFacts = {
  name: "", note: "", when: { trigger: "ticket.opened" }, if: { all: [] },
  then: [firstAction("set_priority")], stop_processing: false, max_per_hour: 100,
};

const factsOf = (rule: Rule | undefined): RuleFacts =>
  rule
    ? {
        name: rule.name, note: rule.note, when: rule.when, if: rule.if, then: rule.then,
        stop_processing: rule.stop_processing, max_per_hour: rule.max_per_hour,
      }
    : NEW;

/** One rule: when, if, then; tried before it is saved; what it did and what it said before. */
export function RuleEditor({ rule, catalog }: { rule?: Rule; catalog: RuleCatalog }) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const text = useText();
  const navigate = useNavigate();
  const stored = factsOf(rule);
  const [facts, setFacts] = useState(stored);
  const changed = JSON.stringify(facts) !== JSON.stringify(stored);
  const [left, setLeft] = useState(false);
  useUnsaved(changed && !left);
  const set = (part: Partial<RuleFacts>) => setFacts({ ...facts, ...part });
  const save = useCommand<{ active?: boolean }, Rule>({
    run: (more, { key, version }) =>
      rule
        ? changeRule(rule.id, { ...facts, ...more, version })
        : createRule({ ...facts, active: !!more.active }, key),
    version: rule?.version,
    refresh: RULES,
    quiet: true,
    done: () => t("rule.saved"),
    onDone: (saved) => {
      setLeft(true);
      if (!rule) void navigate(`/settings/rules/${saved.id}`, { replace: true });
    },
  });
  const copy = useCommand<void, Rule>({
    run: (_, { key }) => copyRule(rule?.id ?? "", key),
    refresh: RULES,
    done: (made) => t("rule.copied", { name: made.name }),
    onDone: (made) => void navigate(`/settings/rules/${made.id}`),
  });
  const remove = useCommand<void, Rule>({
    run: () => deleteRule(rule?.id ?? ""),
    refresh: RULES,
    done: () => t("rule.deleted"),
    onDone: () => void navigate("/settings/rules"),
  });
  const known = catalog.triggers.find((one) => one.code === facts.when.trigger)?.fields ?? [];
  const timed = facts.when.trigger === "time";
  return (
    <div className="customise rule-editor">
      <div className="customise-bar">
        <Link to="/settings/rules">← {t("rule.all")}</Link>
        {rule && (
          <Space>
            <Button icon={<CopyOutlined />} onClick={() => copy.submit()}>
              {t("rule.copy")}
            </Button>
            <Button
              danger
              icon={<DeleteOutlined />}
              onClick={() =>
                modal.confirm({
                  title: t("rule.deleteTitle", { name: rule.name }),
                  okText: t("act.delete"),
                  okButtonProps: { danger: true },
                  cancelText: t("act.cancel"),
                  onOk: () => remove.submit(),
                })
              }
            >
              {t("act.delete")}
            </Button>
          </Space>
        )}
      </div>
      <RuleSentence rule={facts} catalog={catalog} />
      {rule?.stopped_reason && (
        <Alert type="warning" showIcon title={t("rule.stopped")} description={rule.stopped_reason} />
      )}
      <div className="rule-columns">
        <div>
          <label className="labelled">
            {t("rule.name")}
            <Input maxLength={120} value={facts.name} onChange={(event) => set({ name: event.target.value })} />
          </label>
          <Section title={t("rule.when")}>
            <Select
              className="rule-trigger"
              aria-label={t("rule.when")}
              value={facts.when.trigger}
              options={catalog.triggers.map((one) => ({ value: one.code, label: text(one.label) }))}
              onChange={(trigger) =>
                set({ when: trigger === "time" ? { trigger, field: "ticket.due_at", minutes: -60 } : { trigger } })
              }
            />
            {timed && (
              <div className="rule-time">
                <InputNumber
                  min={0}
                  aria-label={t("rule.minutes")}
                  suffix={t("rule.minutes")}
                  value={Math.abs(facts.when.minutes ?? 0)}
                  onChange={(count) =>
                    set({ when: { ...facts.when, minutes: (facts.when.minutes ?? 0) < 0 ? -(count ?? 0) : (count ?? 0) } })
                  }
                />
                <Select
                  aria-label={t("rule.beforeOrAfter")}
                  value={(facts.when.minutes ?? 0) < 0 ? "before" : "after"}
                  options={["before", "after"].map((value) => ({ value, label: t.label("ruleSide", value) }))}
                  onChange={(side) => {
                    const count = Math.abs(facts.when.minutes ?? 0) || 1;
                    set({ when: { ...facts.when, minutes: side === "before" ? -count : count } });
                  }}
                />
                <Select
                  aria-label={t("rule.dateField")}
                  value={facts.when.field ?? undefined}
                  options={catalog.fields.filter((one) => one.timed).map((one) => ({ value: one.name, label: text(one.label) }))}
                  onChange={(field) => set({ when: { ...facts.when, field } })}
                />
              </div>
            )}
          </Section>
          <Section title={t("rule.if")}>
            <ConditionEditor value={facts.if} catalog={catalog} known={known} onChange={(next) => set({ if: next })} />
          </Section>
          <Section title={t("rule.then")} extra={<Places catalog={catalog} known={known} />}>
            <Movable
              items={facts.then.map((action, at) => ({ action, at }))}
              keyOf={({ at }) => String(at)}
              nameOf={({ action }) => action.do}
              onOrder={(next) => set({ then: next.map(({ action }) => action) })}
              render={({ action, at }) => (
                <div className="action-line">
                  <ActionEditor
                    action={action}
                    catalog={catalog}
                    onChange={(next) => set({ then: facts.then.map((one, i) => (i === at ? next : one)) })}
                  />
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    disabled={facts.then.length === 1}
                    aria-label={t("rule.removeAction")}
                    onClick={() => set({ then: facts.then.filter((_, i) => i !== at) })}
                  />
                </div>
              )}
            />
            <Button
              size="small"
              icon={<PlusOutlined />}
              disabled={facts.then.length >= catalog.max_actions}
              onClick={() => set({ then: [...facts.then, firstAction("comment")] })}
            >
              {t("rule.addAction")}
            </Button>
          </Section>
          <Section title={t("rule.limits")}>
            <Checkbox checked={facts.stop_processing} onChange={(event) => set({ stop_processing: event.target.checked })}>
              {t("rule.stopProcessing")}
            </Checkbox>
            <label className="labelled-line">
              {t("rule.maxPerHour")}
              <InputNumber size="small" min={1} max={10_000} value={facts.max_per_hour} onChange={(most) => set({ max_per_hour: most ?? 100 })} />
            </label>
            <Input.TextArea
              aria-label={t("rule.note")}
              placeholder={t("rule.note")}
              maxLength={2000}
              autoSize={{ minRows: 1, maxRows: 6 }}
              value={facts.note}
              onChange={(event) => set({ note: event.target.value })}
            />
          </Section>
          {save.error && <Alert type="error" showIcon title={t("rule.notSaved")} description={save.error.message} />}
          <div className="form-acts">
            <Button disabled={!changed} onClick={() => setFacts(stored)}>
              {t("act.discard")}
            </Button>
            {!rule && (
              <Button loading={save.busy} disabled={!facts.name.trim()} onClick={() => save.submit({ active: true })}>
                {t("rule.saveOn")}
              </Button>
            )}
            <Button type="primary" loading={save.busy} disabled={!changed || !facts.name.trim()} onClick={() => save.submit({})}>
              {t("act.save")}
            </Button>
          </div>
        </div>
        <aside>
          <RuleTest facts={facts} catalog={catalog} />
          {rule && <RuleHistory rule={rule} />}
        </aside>
      </div>
      {rule && (
        <Section title={t("rule.log")}>
          <RuleLog catalog={catalog} ruleId={rule.id} />
        </Section>
      )}
    </div>
  );
}
