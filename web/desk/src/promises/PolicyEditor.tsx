import { Button, Checkbox, Drawer, Form, Input, InputNumber, Select, Tabs } from "antd";
import { useQuery } from "@tanstack/react-query";
import { calendars, createPolicy, replacePolicy } from "../api/promises";
import type { Policy, PolicyFacts } from "../api/promises";
import { useWords } from "../i18n/LanguageProvider";
import { OPEN_STATES } from "../tickets/terms";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { StepList } from "./StepList";
import { TargetList } from "./TargetList";
import { factsOf } from "./policyFacts";

const TIERS = ["standard", "plus", "vip"] as const;

export const NEW_POLICY = {
  code: "",
  name: "",
  active: true,
  warn_percent: 75,
  pauses: { fix: ["waiting_customer"] },
  targets: [
    { kind: "respond", minutes: 240 },
    { kind: "fix", minutes: 2880 },
  ],
  steps: [{ key: "warn", at: "warning", after_minutes: 0, assignee: true }],
} as unknown as PolicyFacts;

interface Props {
  policy?: Policy;
  mayWrite?: boolean;
  close: () => void;
}

/** A policy: whom it is for, what it promises, when its clocks rest, who is told. */
export function PolicyEditor({ policy, mayWrite = true, close }: Props) {
  const { t } = useWords();
  const [form] = Form.useForm<PolicyFacts>();
  useUnsaved(form.isFieldsTouched());
  const save = useCommand({
    run: (values: PolicyFacts, { key, version }) =>
      policy ? replacePolicy(policy.id, values, version, key) : createPolicy(values, key),
    version: policy?.version,
    refresh: [["policies"]],
    form,
    done: (one) => t("promises.saved", { code: one.code }),
    onDone: close,
  });
  const submit = () => save.submit(factsOf(form.getFieldsValue(true) as PolicyFacts));
  return (
    <Drawer
      open
      onClose={close}
      size={760}
      title={policy ? policy.name || policy.code : t("promises.newPolicy")}
      footer={
        mayWrite && (
          <div className="form-acts">
            <span className="quiet drawer-note">{t("promises.policyHint")}</span>
            <Button onClick={close}>{t("act.cancel")}</Button>
            <Button type="primary" loading={save.busy} onClick={() => form.submit()}>
              {t("act.save")}
            </Button>
          </div>
        )
      }
    >
      <Form<PolicyFacts>
        form={form}
        layout="vertical"
        disabled={!mayWrite}
        initialValues={policy ?? NEW_POLICY}
        onFinish={submit}
      >
        <Tabs
          items={[
            { key: "who", label: t("promises.tabWho"), forceRender: true, children: <Who existing={!!policy} /> },
            { key: "targets", label: t("promises.tabTargets"), forceRender: true, children: <TargetList /> },
            { key: "pauses", label: t("promises.tabPauses"), forceRender: true, children: <Pauses /> },
            { key: "steps", label: t("promises.tabSteps"), forceRender: true, children: <StepList /> },
          ]}
        />
      </Form>
    </Drawer>
  );
}

function Who({ existing }: { existing: boolean }) {
  const { t } = useWords();
  const hours = useQuery({ queryKey: ["calendars"], queryFn: calendars });
  return (
    <>
      <div className="form-two">
        <Form.Item
          name="code"
          label={t("promises.code")}
          extra={t("promises.codeHint")}
          rules={[
            {
              required: true,
              pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/,
              message: t("promises.codeRule"),
            },
          ]}
        >
          <Input autoFocus={!existing} maxLength={60} />
        </Form.Item>
        <Form.Item name="name" label={t("promises.name")}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="plans" label={t("promises.plans")}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", "，"]} />
        </Form.Item>
        <Form.Item name="tiers" label={t("promises.tiers")}>
          <Select mode="tags" options={TIERS.map((value) => ({ value, label: t.label("tier", value) }))} />
        </Form.Item>
        <Form.Item name="calendar" label={t("contract.calendar")} extra={t("promises.calendarHint")}>
          <Select
            allowClear
            options={(hours.data ?? []).map((one) => ({
              value: one.code,
              label: one.name ? `${one.code} · ${one.name}` : one.code,
            }))}
          />
        </Form.Item>
        <Form.Item name="warn_percent" label={t("promises.warnAt")}>
          <InputNumber min={1} max={99} precision={0} suffix="%" className="number-field" />
        </Form.Item>
      </div>
      <Form.Item name="active" valuePropName="checked" noStyle>
        <Checkbox>{t("promises.active")}</Checkbox>
      </Form.Item>
      <Form.Item name="fallback" valuePropName="checked" noStyle>
        <Checkbox>{t("promises.fallbackLong")}</Checkbox>
      </Form.Item>
    </>
  );
}

function Pauses() {
  const { t } = useWords();
  return (
    <>
      <p className="quiet">{t("promises.pausesHint")}</p>
      {["respond", "arrive", "fix"].map((kind) => (
        <Form.Item key={kind} name={["pauses", kind]} label={t.label("dueKind", kind)}>
          <Select
            mode="multiple"
            placeholder={t("promises.neverPauses")}
            options={OPEN_STATES.map((value) => ({ value, label: t.label("ticketState", value) }))}
          />
        </Form.Item>
      ))}
    </>
  );
}
