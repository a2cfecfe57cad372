import { Form, Input, InputNumber, Select } from "antd";
import { addCost, askBearing } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { CURRENCIES, todayText } from "./terms";

export type CostAct = "entry" | "bearing";

interface Entry {
  kind: "outside" | "other";
  text: string;
  supplier?: string;
  document?: string;
  on: string;
  quantity: string;
  amount: string;
  currency: string;
  charge: "cost" | "price" | "none";
  price?: string;
  cover: "" | "labour" | "travel" | "parts";
}

interface Wish {
  by: "goodwill" | "warranty" | "customer";
  kinds: ("labour" | "travel" | "parts" | "outside" | "other")[];
  share: number;
  reason: string;
}

/** Enter outside work, or ask that somebody else bears the costs. */
export function CostActs({ act, number, onClose }: { act: CostAct; number: string; onClose: () => void }) {
  return act === "entry" ? (
    <EntryDialog number={number} onClose={onClose} />
  ) : (
    <BearingDialog number={number} onClose={onClose} />
  );
}

function EntryDialog({ number, onClose }: { number: string; onClose: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<Entry>();
  const kind = Form.useWatch("kind", form);
  const charge = Form.useWatch("charge", form);
  const needed = [{ required: true, message: t("form.needed") }];
  return (
    <ActDialog<Entry, unknown>
      title={t("costs.addEntry")}
      hint={t("costs.entryHint")}
      submit={t("act.add")}
      form={form}
      initial={{ kind: "outside", on: todayText(), quantity: "1", currency: "CNY", charge: "cost", cover: "" }}
      run={({ amount, currency, price, supplier, document, ...rest }, { key }) =>
        addCost(
          number,
          {
            ...rest,
            unit: "",
            tax_code: "",
            supplier: supplier ?? "",
            document: document ?? "",
            unit_cost: { amount, currency },
            unit_price: rest.charge === "price" && price ? { amount: price, currency } : null,
          },
          key,
        )
      }
      refresh={[["costs", number]]}
      done={() => t("costs.entered")}
      onClose={onClose}
    >
      <div className="form-two">
        <Form.Item name="kind" label={t("costs.kind")}>
          <Select options={(["outside", "other"] as const).map((value) => ({ value, label: t.label("costKind", value) }))} />
        </Form.Item>
        <Form.Item name="on" label={t("costs.day")} rules={needed}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="text" label={t("costs.what")} rules={needed}>
        <Input autoFocus maxLength={500} />
      </Form.Item>
      {kind === "outside" && (
        <div className="form-two">
          <Form.Item name="supplier" label={t("costs.supplier")} rules={needed}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="document" label={t("costs.document")} rules={needed}>
            <Input maxLength={120} />
          </Form.Item>
        </div>
      )}
      <div className="form-two">
        <Form.Item name="quantity" label={t("costs.quantity")} rules={needed}>
          <InputNumber stringMode min="0.001" className="number-field" />
        </Form.Item>
        <Form.Item name="currency" label={t("contract.currency")} rules={needed}>
          <Select showSearch options={CURRENCIES.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="amount" label={t("costs.unitCost")} rules={needed}>
          <InputNumber stringMode min="0" className="number-field" />
        </Form.Item>
        <Form.Item name="charge" label={t("costs.charge")}>
          <Select options={(["cost", "price", "none"] as const).map((value) => ({ value, label: t.label("charge", value) }))} />
        </Form.Item>
        {charge === "price" && (
          <Form.Item name="price" label={t("costs.unitPrice")} rules={needed}>
            <InputNumber stringMode min="0" className="number-field" />
          </Form.Item>
        )}
        <Form.Item name="cover" label={t("costs.cover")} extra={t("costs.coverHint")}>
          <Select
            options={[
              { value: "", label: t("costs.coverNone") },
              ...(["labour", "travel", "parts"] as const).map((value) => ({ value, label: t.label("coverage", value) })),
            ]}
          />
        </Form.Item>
      </div>
    </ActDialog>
  );
}

function BearingDialog({ number, onClose }: { number: string; onClose: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<Wish>();
  const by = Form.useWatch("by", form);
  return (
    <ActDialog<Wish, unknown>
      title={t("costs.askBearing")}
      hint={t("costs.bearingHint")}
      submit={t("costs.ask")}
      form={form}
      initial={{ by: "goodwill", kinds: [], share: 50 }}
      run={(values, { key }) => askBearing(number, { ...values, source: "", share: values.share ?? 100 }, key)}
      refresh={[["costs", number]]}
      done={() => t("costs.asked")}
      onClose={onClose}
    >
      <Form.Item name="by" label={t("costs.borneBy")}>
        <Select
          options={(["goodwill", "warranty", "customer"] as const).map((value) => ({
            value,
            label: t.label("bearer", value),
          }))}
        />
      </Form.Item>
      {by === "goodwill" && (
        <Form.Item name="share" label={t("costs.share")} extra={t("costs.shareHint")}>
          <InputNumber min={1} max={100} precision={0} suffix="%" className="number-field" />
        </Form.Item>
      )}
      <Form.Item name="kinds" label={t("costs.kinds")} extra={t("costs.kindsHint")}>
        <Select
          mode="multiple"
          options={(["labour", "travel", "parts", "outside", "other"] as const).map((value) => ({
            value,
            label: t.label("costKind", value),
          }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={t("visit.reason")} rules={[{ required: true, message: t("form.needed") }]}>
        <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </ActDialog>
  );
}
