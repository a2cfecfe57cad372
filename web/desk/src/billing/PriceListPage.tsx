import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select, Switch } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import { billingRules, copyPriceList, priceList, replacePriceList } from "../api/billing";
import type { PriceListFile } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { HOURS, ITEM_KINDS, dayFrom, isTimed, priceListPath } from "./terms";
import "../styles/billing.css";

type Values = Omit<PriceListFile, "version" | "code" | "state" | "items_count" | "created_at" | "updated_at">;
type Item = PriceListFile["items"][number];

/** What a form's list says to the server: empty fields are none. */
export function listBody(values: Values, names: Item[]): Record<string, unknown> {
  const none = (value: unknown) => (value === "" || value === undefined || value === null ? null : String(value));
  return {
    ...values,
    valid_until: values.valid_until || null,
    minimum: none(values.minimum),
    discount: none(values.discount) ?? "0",
    rounding: none(values.rounding) ?? "0",
    tax_code: values.tax_code ?? "",
    items: (values.items ?? []).map((item) => ({
      ...item,
      code: item.code ?? "",
      hours: isTimed(item.kind) ? (item.hours ?? "") : "",
      price: String(item.price ?? "0"),
      discount: none(item.discount),
      minimum: none(item.minimum),
      step: none(item.step),
      tax_code: item.tax_code ?? "",
      names: item.names ?? names.find((one) => one.kind === item.kind && one.code === item.code)?.names ?? {},
    })),
  };
}

/** A price list: for whom and when it holds, and its prices. */
export default function PriceListPage() {
  const { code = "" } = useParams();
  const file = useQuery({ queryKey: ["price-lists", code], queryFn: () => priceList(code), enabled: !!code });
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown key={`${code}-${file.data.version}`} file={file.data} />;
}

function Shown({ file }: { file: PriceListFile }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const mayBill = useMay("billing:write");
  const [form] = Form.useForm<Values>();
  const [changed, setChanged] = useState(false);
  const [copying, setCopying] = useState(false);
  useUnsaved(changed);
  const rules = useQuery({ queryKey: ["billing", "rules"], queryFn: billingRules });
  const save = useCommand<Values, unknown>({
    run: (values, how) => replacePriceList(file.code, listBody(values, file.items), how),
    version: file.version,
    refresh: [["price-lists"]],
    form,
    done: () => t("price.saved"),
    onDone: () => setChanged(false),
  });
  const taxes = (rules.data?.taxes ?? []).map(({ code, rate }) => ({ value: code, label: `${code} · ${rate} %` }));
  return (
    <div className="page">
      <PageHead
        back={{ to: "/billing/price-lists", label: t("billing.priceLists") }}
        title={file.name || file.code}
        sub={
          <>
            <span className="figures">{file.code}</span>
            <span className="tag" data-billing-state={file.state}>
              {t.label("priceListState", file.state)}
            </span>
            <span className="figures">{file.currency}</span>
          </>
        }
      >
        {mayBill && <Button onClick={() => setCopying(true)}>{t("price.copy")}</Button>}
        {mayBill && (
          <Button type="primary" disabled={!changed} loading={save.busy} onClick={() => form.submit()}>
            {t("act.save")}
          </Button>
        )}
      </PageHead>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={!mayBill}
        initialValues={file}
        onValuesChange={() => setChanged(true)}
        onFinish={() => save.submit(form.getFieldsValue(true) as Values)}
        className="price-form"
      >
        <div className="form-four">
          <Form.Item name="name" label={t("price.name")}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="valid_from" label={t("price.from")}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="valid_until" label={t("price.until")}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="priority" label={t("price.priority")}>
            <InputNumber min={-100} max={100} precision={0} className="number-field" />
          </Form.Item>
          <Form.Item name="countries" label={t("price.countries")}>
            <Select mode="tags" open={false} suffixIcon={null} placeholder={t("price.everybody")} />
          </Form.Item>
          <Form.Item name="tiers" label={t("price.tiers")}>
            <Select
              mode="multiple"
              options={["standard", "plus", "vip"].map((value) => ({ value, label: t.label("tier", value) }))}
              placeholder={t("price.everybody")}
            />
          </Form.Item>
          <Form.Item name="contracts" label={t("price.contracts")}>
            <Select mode="tags" open={false} suffixIcon={null} placeholder={t("price.everybody")} />
          </Form.Item>
          <Form.Item name="tax_code" label={t("quote.taxCode")}>
            <Select allowClear options={taxes} />
          </Form.Item>
          <Form.Item name="discount" label={t("quote.discount")}>
            <InputNumber stringMode min="0" max="100" suffix="%" className="number-field" />
          </Form.Item>
          <Form.Item name="minimum" label={t("costs.minimum")}>
            <InputNumber stringMode min="0" suffix={file.currency} className="number-field" />
          </Form.Item>
          <Form.Item name="rounding" label={t("price.rounding")} extra={t("price.roundingHint")}>
            <InputNumber stringMode min="0" className="number-field" />
          </Form.Item>
          <Form.Item name="active" label={t("price.active")} valuePropName="checked">
            <Switch />
          </Form.Item>
        </div>
        <Form.Item name="currency" hidden>
          <Input />
        </Form.Item>
        <Form.Item name="note" hidden>
          <Input />
        </Form.Item>
        <h2>{t("price.items")}</h2>
        <p className="quiet">{t("price.itemsHint")}</p>
        <Form.List name="items">
          {(fields, { add, remove }) => (
            <div className="price-items">
              {fields.map(({ key, name }) => (
                <ItemFields key={key} name={name} taxes={taxes} remove={mayBill ? () => remove(name) : undefined} />
              ))}
              {mayBill && (
                <Button icon={<PlusOutlined />} onClick={() => add({ kind: "part", code: "", hours: "", price: "0" })}>
                  {t("price.addItem")}
                </Button>
              )}
            </div>
          )}
        </Form.List>
      </Form>
      {copying && (
        <ActDialog<{ code: string; valid_from: string; raise_percent: string }, { code: string }>
          title={t("price.copyTitle", { code: file.code })}
          hint={t("price.copyHint")}
          submit={t("price.copy")}
          initial={{ valid_from: dayFrom(30), raise_percent: "0" }}
          run={(values, { key }) =>
            copyPriceList(file.code, { ...values, raise_percent: String(values.raise_percent ?? "0") }, key)
          }
          refresh={[["price-lists"]]}
          onDone={(made) => void navigate(priceListPath(made.code))}
          onClose={() => setCopying(false)}
        >
          <div className="form-two">
            <Form.Item name="code" label={t("price.code")} rules={[{ required: true, message: t("form.needed") }]}>
              <Input autoFocus maxLength={60} />
            </Form.Item>
            <Form.Item name="valid_from" label={t("price.from")}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name="raise_percent" label={t("price.raise")}>
              <InputNumber stringMode min="-99" max="99" suffix="%" className="number-field" />
            </Form.Item>
          </div>
        </ActDialog>
      )}
    </div>
  );
}

function ItemFields(props: { name: number; taxes: { value: string; label: string }[]; remove?: () => void }) {
  const { name, taxes, remove } = props;
  const { t } = useWords();
  const form = Form.useFormInstance<Values>();
  const kind = (Form.useWatch(["items", name, "kind"], form) as string | undefined) ?? "part";
  const timed = isTimed(kind);
  return (
    <fieldset className="price-item">
      <Form.Item name={[name, "kind"]} label={t("costs.kind")}>
        <Select options={ITEM_KINDS.map((value) => ({ value, label: t.label("costItem", value) }))} />
      </Form.Item>
      <Form.Item name={[name, "code"]} label={t(timed ? "price.level" : kind === "part" ? "quote.part" : "quote.service")}>
        <Input maxLength={60} disabled={kind === "travel_km" || kind === "call_out"} placeholder={t("price.every")} />
      </Form.Item>
      <Form.Item name={[name, "hours"]} label={t("quote.hours")}>
        <Select
          disabled={!timed}
          options={HOURS.map((value) => ({ value, label: value ? t.label("workHours", value) : t("price.every") }))}
        />
      </Form.Item>
      <Form.Item name={[name, "price"]} label={t(timed ? "quote.hourPrice" : "costs.unitPrice")}>
        <InputNumber stringMode min="0" className="number-field" />
      </Form.Item>
      <Form.Item name={[name, "discount"]} label={t("quote.discount")}>
        <InputNumber stringMode min="0" max="100" suffix="%" className="number-field" placeholder={t("quote.byList")} />
      </Form.Item>
      <Form.Item name={[name, "minimum"]} label={t(timed ? "price.minimumMinutes" : "price.minimum")}>
        <InputNumber stringMode min="0" className="number-field" />
      </Form.Item>
      <Form.Item name={[name, "step"]} label={t(timed ? "price.stepMinutes" : "price.step")}>
        <InputNumber stringMode min="0" className="number-field" />
      </Form.Item>
      <Form.Item name={[name, "tax_code"]} label={t("quote.taxCode")}>
        <Select allowClear options={taxes} placeholder={t("quote.byList")} />
      </Form.Item>
      {remove && (
        <Button
          type="text"
          danger
          icon={<DeleteOutlined />}
          aria-label={t("act.remove", { name: `${name + 1}` })}
          onClick={remove}
        />
      )}
    </fieldset>
  );
}
