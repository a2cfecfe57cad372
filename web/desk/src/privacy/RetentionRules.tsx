import { useQuery } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { applyRetention, retentionRules, setRetention } from "../api/privacy";
import type { RetentionDone, RetentionRule } from "../api/privacy";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { ErrorState } from "../ui/ErrorState";
import { Section } from "../ui/Facts";
import { LinesSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";

const KEY = ["privacy", "retention"];

/** How long each kind of data is kept, and what the next sweep would delete. */
export function RetentionRules() {
  const { t, f } = useWords();
  const { modal } = App.useApp();
  const mayWrite = useMay("privacy");
  const [editing, setEditing] = useState<RetentionRule>();
  const rules = useQuery({ queryKey: KEY, queryFn: retentionRules });
  const due = (rules.data ?? []).filter((one) => one.active && one.due > 0);
  const apply = useCommand<void, RetentionDone>({
    refresh: [KEY],
    run: (_, { key }) => applyRetention(key),
    done: ({ deleted, more }) =>
      t(more ? "retention.someDone" : "retention.done", {
        count: f.number(Object.values(deleted).reduce((sum, one) => sum + one, 0)),
      }),
  });
  const ask = () =>
    modal.confirm({
      title: t("retention.applyAsk"),
      content: (
        <ul>
          {due.map((one) => (
            <li key={one.kind}>{`${t.label("retentionKind", one.kind)}: ${f.number(one.due)}`}</li>
          ))}
        </ul>
      ),
      okText: t("retention.apply"),
      okButtonProps: { danger: true },
      cancelText: t("act.cancel"),
      onOk: () => apply.submit(),
    });
  return (
    <Section
      title={t("retention.title")}
      extra={
        mayWrite && (
          <Button size="small" danger disabled={due.length === 0} loading={apply.busy} onClick={ask}>
            {t("retention.apply")}
          </Button>
        )
      }
    >
      <p className="quiet">{t("retention.hint")}</p>
      {rules.isPending && <LinesSkeleton lines={3} />}
      {rules.isError && <ErrorState error={rules.error} retry={() => rules.refetch()} />}
      {rules.data && (
        <div className="plain-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t("retention.kind")}</th>
                <th className="end">{t("retention.days")}</th>
                <th>{t("retention.active")}</th>
                <th className="end">{t("retention.due")}</th>
                <th>{t("retention.oldest")}</th>
                <th>{t("retention.basis")}</th>
                {mayWrite && <th aria-label={t("move.acts")} />}
              </tr>
            </thead>
            <tbody>
              {rules.data.map((one) => (
                <tr key={one.kind}>
                  <td>{t.label("retentionKind", one.kind)}</td>
                  <td className="end figures">{f.number(one.days)}</td>
                  <td>{t(one.active ? "state.yes" : "state.no")}</td>
                  <td className="end figures">{f.number(one.due)}</td>
                  <td>{f.date(one.oldest)}</td>
                  <td>{one.basis}</td>
                  {mayWrite && (
                    <td>
                      <Button size="small" type="link" onClick={() => setEditing(one)}>
                        {t("act.change")}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {editing && <RuleDialog rule={editing} onClose={() => setEditing(undefined)} />}
    </Section>
  );
}

interface Values {
  days: number;
  active?: boolean;
  basis?: string;
}

function RuleDialog({ rule, onClose }: { rule: RetentionRule; onClose: () => void }) {
  const { t } = useWords();
  const name = t.label("retentionKind", rule.kind);
  return (
    <ActDialog<Values, unknown>
      title={t("retention.change", { kind: name })}
      hint={t("retention.least", { count: rule.least_days })}
      submit={t("act.save")}
      initial={rule}
      refresh={[KEY]}
      run={({ days, active, basis }) =>
        setRetention(rule.kind, { days, active: active ?? false, basis: basis?.trim() ?? "" })
      }
      done={() => t("retention.saved", { kind: name })}
      onClose={onClose}
    >
      <Form.Item name="days" label={t("retention.days")} rules={[{ required: true, message: t("form.needed") }]}>
        <InputNumber autoFocus min={rule.least_days} max={36_500} precision={0} />
      </Form.Item>
      <Form.Item name="active" valuePropName="checked">
        <Checkbox>{t("retention.activeRule")}</Checkbox>
      </Form.Item>
      <Form.Item name="basis" label={t("retention.basis")}>
        <Input maxLength={300} />
      </Form.Item>
    </ActDialog>
  );
}
