import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import { setBillingRules } from "../api/billing";
import type { BillingRules } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { CURRENCIES } from "./terms";

/** How this maker bills: taxes, limits, nights, who sends the papers. */
export function RulesForm({ rules, mayWrite }: { rules: BillingRules; mayWrite: boolean }) {
  const { t } = useWords();
  const [form] = Form.useForm<BillingRules>();
  const [changed, setChanged] = useState(false);
  useUnsaved(changed);
  const save = useCommand<BillingRules, unknown>({
    run: (values, how) => {
      const facts: Record<string, unknown> = { ...rules, ...values };
      delete facts.version;
      return setBillingRules(facts, how);
    },
    version: rules.version,
    refresh: [["billing"]],
    form,
    done: () => t("rates.rulesSaved"),
    onDone: () => setChanged(false),
  });
  const currencies = CURRENCIES.map((value) => ({ value, label: value }));
  return (
    <Form<BillingRules>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={!mayWrite}
      initialValues={rules}
      onValuesChange={() => setChanged(true)}
      onFinish={() => save.submit(form.getFieldsValue(true) as BillingRules)}
      className="rules-form"
    >
      <div className="form-four">
        <Form.Item name="currency" label={t("rates.houseCurrency")}>
          <Select options={currencies} />
        </Form.Item>
        <Form.Item name="calendar" label={t("rates.calendar")}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="night_from" label={t("rates.nightFrom")}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="night_until" label={t("rates.nightUntil")}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="quote_days" label={t("rates.quoteDays")}>
          <InputNumber min={1} max={365} precision={0} className="number-field" />
        </Form.Item>
        <Form.Item name="payment_days" label={t("rates.paymentDays")}>
          <InputNumber min={0} max={365} precision={0} className="number-field" />
        </Form.Item>
        <Form.Item name="four_eyes" label={t("rates.fourEyes")} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      <div className="rules-columns">
        <section>
          <h3>{t("rates.taxes")}</h3>
          <Form.List name="taxes">
            {(fields, { add, remove }) => (
              <>
                {fields.map(({ key, name }) => (
                  <div key={key} className="rules-row">
                    <Form.Item name={[name, "code"]} rules={[{ required: true, message: t("form.needed") }]}>
                      <Input maxLength={20} placeholder={t("price.code")} aria-label={t("price.code")} />
                    </Form.Item>
                    <Form.Item name={[name, "name"]}>
                      <Input maxLength={120} placeholder={t("price.name")} aria-label={t("price.name")} />
                    </Form.Item>
                    <Form.Item name={[name, "rate"]} rules={[{ required: true, message: t("form.needed") }]}>
                      <InputNumber stringMode min="0" max="100" suffix="%" aria-label={t("rates.rate")} />
                    </Form.Item>
                    {mayWrite && (
                      <Button type="text" danger icon={<DeleteOutlined />} aria-label={t("act.remove", { name: `${name + 1}` })} onClick={() => remove(name)} />
                    )}
                  </div>
                ))}
                {mayWrite && (
                  <Button size="small" icon={<PlusOutlined />} onClick={() => add({ code: "", name: "", rate: "0" })}>
                    {t("rates.addTax")}
                  </Button>
                )}
              </>
            )}
          </Form.List>
        </section>
        <section>
          <h3>{t("rates.approval")}</h3>
          <p className="quiet">{t("rates.approvalHint")}</p>
          <Form.List name="approval_above">
            {(fields, { add, remove }) => (
              <>
                {fields.map(({ key, name }) => (
                  <div key={key} className="rules-row">
                    <Form.Item name={[name, "amount"]}>
                      <InputNumber stringMode min="0" className="number-field" aria-label={t("rates.approval")} />
                    </Form.Item>
                    <Form.Item name={[name, "currency"]}>
                      <Select options={currencies} aria-label={t("contract.currency")} />
                    </Form.Item>
                    {mayWrite && (
                      <Button type="text" danger icon={<DeleteOutlined />} aria-label={t("act.remove", { name: `${name + 1}` })} onClick={() => remove(name)} />
                    )}
                  </div>
                ))}
                {mayWrite && (
                  <Button size="small" icon={<PlusOutlined />} onClick={() => add({ amount: "0", currency: "EUR" })}>
                    {t("act.add")}
                  </Button>
                )}
              </>
            )}
          </Form.List>
        </section>
        <section>
          <h3>{t("rates.seller")}</h3>
          {(["name", "tax_number"] as const).map((field) => (
            <Form.Item key={field} name={["seller", field]} label={t.label("seller", field)}>
              <Input maxLength={200} />
            </Form.Item>
          ))}
          {(["address", "bank", "note"] as const).map((field) => (
            <Form.Item key={field} name={["seller", field]} label={t.label("seller", field)}>
              <Input.TextArea maxLength={500} autoSize={{ minRows: 1, maxRows: 4 }} />
            </Form.Item>
          ))}
        </section>
      </div>
      {mayWrite && (
        <div className="form-acts">
          <Button type="primary" htmlType="submit" disabled={!changed} loading={save.busy}>
            {t("act.save")}
          </Button>
        </div>
      )}
    </Form>
  );
}
