import { Form, Input, InputNumber, Modal } from "antd";
import { useNavigate } from "react-router";
import { renewContract, stepContract } from "../api/contracts";
import type { Contract, Renewal } from "../api/contracts";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";
import { dayAfter } from "./terms";

export type ContractStep = "activate" | "suspend" | "resume" | "renew" | "end";

interface Values {
  reason?: string;
  on?: string;
  from_on?: string;
  months?: number;
  new_number?: string;
  plan?: string;
  amount?: string;
  currency?: string;
}

/** What is sent for a step; what was left empty is not said. */
export function stepBody(step: ContractStep, values: Values): Record<string, unknown> {
  const text = (value: string | undefined) => value?.trim() || undefined;
  const facts: Record<ContractStep, Record<string, unknown>> = {
    activate: {},
    suspend: { reason: text(values.reason), from_on: text(values.from_on) },
    resume: { on: text(values.on) },
    end: { reason: text(values.reason), on: text(values.on) },
    renew: {
      months: values.months,
      new_number: text(values.new_number),
      plan: text(values.plan),
      price:
        text(values.amount) && text(values.currency)
          ? { amount: text(values.amount), currency: text(values.currency)?.toUpperCase() }
          : undefined,
    },
  };
  return Object.fromEntries(Object.entries(facts[step]).filter(([, value]) => value !== undefined));
}

/** One step of a contract's life, with what it needs to be told. */
export function StepDialog(props: { contract: Contract; step: ContractStep; close: () => void }) {
  const { contract, step, close } = props;
  const { t } = useWords();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const act = useCommand({
    run: (values: Values, how) => {
      const body = stepBody(step, values);
      return step === "renew"
        ? renewContract(contract.number, body as Renewal, how)
        : stepContract(contract.number, step, body, how);
    },
    version: contract.version,
    refresh: [["contracts"], ["entitlement"]],
    form,
    done: (after) => t("contract.stepDone", { number: after.number, state: t.label("contractState", after.state) }),
    onDone: (after) => {
      close();
      if (after.number !== contract.number) void navigate(`/contracts/${encodeURIComponent(after.number)}`);
    },
  });
  const name = t.label("contractStep", step);
  const needed = [{ required: true, whitespace: true, message: t("form.needed") }];
  return (
    <Modal
      open
      title={`${contract.number}: ${name}`}
      okText={name}
      okButtonProps={{ danger: step === "end", loading: act.busy }}
      cancelText={t("act.cancel")}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{
          months: 12, plan: contract.plan, on: dayAfter(0), from_on: dayAfter(0),
          amount: contract.price?.amount, currency: contract.price?.currency,
        }}
        onFinish={act.submit}
      >
        <p className="quiet">{t.label("contractStepHint", step)}</p>
        {(step === "suspend" || step === "end") && (
          <Form.Item name="reason" label={t("visit.reason")} rules={needed}>
            <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
          </Form.Item>
        )}
        {step === "suspend" && (
          <Form.Item name="from_on" label={t("contract.restFrom")}>
            <Input type="date" />
          </Form.Item>
        )}
        {(step === "resume" || step === "end") && (
          <Form.Item name="on" label={t(step === "end" ? "contract.lastDay" : "contract.runsFrom")}>
            <Input type="date" />
          </Form.Item>
        )}
        {step === "renew" && (
          <>
            <div className="form-two">
              <Form.Item name="months" label={t("contract.months")} rules={[{ required: true, message: t("form.needed") }]}>
                <InputNumber min={1} max={240} precision={0} className="number-field" />
              </Form.Item>
              <Form.Item name="plan" label={t("contract.plan")}>
                <Input maxLength={60} />
              </Form.Item>
              <Form.Item name="amount" label={t("contract.price")}>
                <InputNumber stringMode min="0" className="number-field" />
              </Form.Item>
              <Form.Item name="currency" label={t("contract.currency")}>
                <Input maxLength={3} />
              </Form.Item>
            </div>
            <Form.Item name="new_number" label={t("contract.newNumber")} extra={t("contract.numberHint")}>
              <Input maxLength={60} />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
