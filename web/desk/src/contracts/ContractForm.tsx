import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import type { FormInstance } from "antd";
import { findCustomers } from "../api/lookups";
import { calendars, policies } from "../api/promises";
import { useWords } from "../i18n/LanguageProvider";
import { Lookup } from "../ui/Lookup";
import type { ContractValues } from "./contractValues";
import { COVERAGES, PERIODS } from "./terms";

interface Props {
  form: FormInstance<ContractValues>;
  first: ContractValues;
  /** A contract on file keeps its customer and number. */
  existing: boolean;
  onChange: () => void;
  onSubmit: (values: ContractValues) => void;
}

/** The fields of a contract. */
export function ContractForm({ form, first, existing, onChange, onSubmit }: Props) {
  const { t } = useWords();
  const needed = [{ required: true, message: t("form.needed") }];
  return (
    <Form<ContractValues>
      form={form}
      layout="vertical"
      className="contract-form"
      initialValues={first}
      onValuesChange={onChange}
      onFinish={onSubmit}
    >
      {!existing && (
        <div className="form-two">
          <Form.Item name="customer_id" label={t("side.customer")} rules={needed}>
            <Lookup kind="customers" find={findCustomers} placeholder={t("customers.search")} autoFocus />
          </Form.Item>
          <Form.Item name="number" label={t("contract.number")} extra={t("contract.numberHint")}>
            <Input maxLength={60} />
          </Form.Item>
        </div>
      )}
      <div className="form-three">
        <Form.Item name="plan" label={t("contract.plan")}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="starts_on" label={t("contract.starts")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="ends_on" label={t("contract.ends")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="amount" label={t("contract.price")}>
          <InputNumber stringMode min="0" className="number-field" />
        </Form.Item>
        <Form.Item
          name="currency"
          label={t("contract.currency")}
          dependencies={["amount"]}
          rules={[
            ({ getFieldValue }) => ({
              required: !!getFieldValue("amount"),
              pattern: /^[A-Za-z]{3}$/,
              message: t("contract.currencyNeeded"),
            }),
          ]}
        >
          <Input maxLength={3} />
        </Form.Item>
        <Form.Item name="price_period" label={t("contract.period")}>
          <Select options={PERIODS.map((value) => ({ value, label: t.label("pricePeriod", value) }))} />
        </Form.Item>
      </div>
      <h2>{t("contract.covers")}</h2>
      <Lines />
      <h2>{t("contract.promises")}</h2>
      <Promises />
      <Form.Item name="covers_all" valuePropName="checked">
        <Checkbox>{t("contract.coversAll")}</Checkbox>
      </Form.Item>
      <Form.Item name="note" label={t("contract.note")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={5000} />
      </Form.Item>
      {!existing && (
        <Form.Item name="draft" valuePropName="checked">
          <Checkbox>{t("contract.asDraft")}</Checkbox>
        </Form.Item>
      )}
    </Form>
  );
}

function Promises() {
  const { t } = useWords();
  const rules = useQuery({ queryKey: ["policies"], queryFn: policies });
  const hours = useQuery({ queryKey: ["calendars"], queryFn: calendars });
  const coded = (rows: { code: string; name?: string }[] | undefined) =>
    (rows ?? []).map((one) => ({
      value: one.code,
      label: one.name ? `${one.code} · ${one.name}` : one.code,
    }));
  return (
    <div className="form-three">
      <Form.Item name="sla_policy" label={t("contract.policy")} extra={t("contract.policyHint")}>
        <Select allowClear options={coded(rules.data)} />
      </Form.Item>
      <Form.Item name="calendar" label={t("contract.calendar")}>
        <Select allowClear options={coded(hours.data)} />
      </Form.Item>
      <Form.Item name="notice_days" label={t("contract.noticeDays")}>
        <InputNumber min={0} max={1000} precision={0} className="number-field" />
      </Form.Item>
      <Form.Item name="response_hours" label={t("contract.responseHours")}>
        <InputNumber min={0} max={10_000} precision={0} className="number-field" />
      </Form.Item>
      <Form.Item name="onsite_hours" label={t("contract.onsiteHours")}>
        <InputNumber min={0} max={10_000} precision={0} className="number-field" />
      </Form.Item>
    </div>
  );
}

/** Coverage lines: one for each kind of service, with its share and limits. */
function Lines() {
  const { t } = useWords();
  return (
    <Form.List name="lines">
      {(fields, { add, remove }) => (
        <div className="line-list">
          {fields.map(({ key, name }) => (
            <div key={key} className="line-row">
              <Form.Item name={[name, "what"]} label={t("contract.what")} rules={[{ required: true, message: t("form.needed") }]}>
                <Select options={COVERAGES.map((value) => ({ value, label: t.label("coverage", value) }))} />
              </Form.Item>
              <Form.Item name={[name, "share"]} label={t("contract.share")}>
                <InputNumber min={0} max={100} precision={0} suffix="%" className="number-field" />
              </Form.Item>
              <Form.Item name={[name, "visits"]} label={t("contract.visits")}>
                <InputNumber min={0} max={1000} precision={0} className="number-field" />
              </Form.Item>
              <Form.Item name={[name, "limit_amount"]} label={t("contract.limit")}>
                <InputNumber stringMode min="0" className="number-field" />
              </Form.Item>
              <Form.Item name={[name, "parts"]} label={t("contract.partsFilter")}>
                <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", " "]} placeholder={t("contract.allParts")} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t("contract.removeLine")}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ what: "labour", share: 100 })}>
            {t("contract.addLine")}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
