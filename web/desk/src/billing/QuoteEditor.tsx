import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { billingRules, changeQuote } from "../api/billing";
import type { QuoteFile } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { HOURS, ITEM_KINDS, PAPER_LANGUAGES, isTimed } from "./terms";

interface Line {
  kind: string;
  code?: string;
  hours?: string;
  text?: string;
  quantity: string;
  unit?: string;
  unit_price?: string | null;
  discount?: string | null;
  tax_code?: string | null;
  origin?: string;
}

interface Values {
  title: string;
  intro: string;
  terms: string;
  language: string;
  valid_until: string;
  lines: Line[];
}

/** What a form's line says to the server: a price that the list gives stays the list's. */
export function lineBody(line: Line): Record<string, unknown> {
  const byHand = line.kind === "free" || line.origin === "hand" || !line.origin;
  return {
    kind: line.kind,
    code: line.code ?? "",
    hours: isTimed(line.kind) ? (line.hours ?? "") : "",
    text: line.text ?? "",
    quantity: String(line.quantity || "1"),
    unit: line.kind === "free" ? (line.unit ?? "") : "",
    unit_price: byHand && line.unit_price ? String(line.unit_price) : null,
    discount: byHand && line.discount ? String(line.discount) : null,
    tax_code: line.tax_code || null,
    origin: line.origin?.startsWith("sop:") ? line.origin : "",
  };
}

/** The draft of a quote: its words, and lines priced by the list, a procedure or by hand. */
export function QuoteEditor({ file, onClose }: { file: QuoteFile; onClose: () => void }) {
  const { t, f } = useWords();
  const [form] = Form.useForm<Values>();
  const [changed, setChanged] = useState(false);
  useUnsaved(changed);
  const rules = useQuery({ queryKey: ["billing", "rules"], queryFn: billingRules });
  const save = useCommand<Values, unknown>({
    run: ({ lines, ...words }, how) =>
      changeQuote(file.number, { ...words, lines: (lines ?? []).map(lineBody) }, how),
    version: file.version,
    refresh: [["quotes"]],
    form,
    done: () => t("quote.saved"),
    onDone: () => {
      setChanged(false);
      onClose();
    },
  });
  const initial: Values = {
    title: file.title,
    intro: file.intro,
    terms: file.terms,
    language: file.language,
    valid_until: file.valid_until,
    lines: file.lines.length
      ? file.lines.map((line) => ({ ...line, origin: line.origin === "hand" ? "hand" : line.origin }))
      : [{ kind: "part", quantity: "1", origin: "" }],
  };
  const taxes = (rules.data?.taxes ?? []).map(({ code, rate, name }) => ({
    value: code,
    label: `${code} · ${rate} %${name ? ` · ${name}` : ""}`,
  }));
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onValuesChange={() => setChanged(true)}
      onFinish={() => save.submit(form.getFieldsValue(true) as Values)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit();
      }}
      className="quote-editor"
    >
      <Form.Item name="title" label={t("quote.title")} rules={[{ required: true, message: t("form.needed") }]}>
        <Input maxLength={300} />
      </Form.Item>
      <div className="form-two">
        <Form.Item name="valid_until" label={t("quote.validUntil")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="language" label={t("quote.language")}>
          <Select options={PAPER_LANGUAGES.map((value) => ({ value, label: f.languageName(value) }))} />
        </Form.Item>
      </div>
      <Form.Item name="intro" label={t("quote.intro")}>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 8 }} maxLength={5000} />
      </Form.Item>
      <h3>{t("quote.lines")}</h3>
      <p className="quiet">{t("quote.linesHint", { list: file.price_list || "–" })}</p>
      <Form.List name="lines">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <LineFields key={key} name={name} taxes={taxes} remove={() => remove(name)} currency={file.currency} />
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ kind: "part", quantity: "1", origin: "" })}>
              {t("quote.addLine")}
            </Button>
          </>
        )}
      </Form.List>
      <Form.Item name="terms" label={t("quote.terms")} className="quote-terms">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={5000} />
      </Form.Item>
      <div className="form-acts">
        <Button onClick={onClose}>{t("act.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={save.busy}>
          {t("act.save")}
        </Button>
      </div>
    </Form>
  );
}

function LineFields(props: {
  name: number;
  taxes: { value: string; label: string }[];
  remove: () => void;
  currency: string;
}) {
  const { name, taxes, remove, currency } = props;
  const { t } = useWords();
  const form = Form.useFormInstance<Values>();
  const kind = Form.useWatch(["lines", name, "kind"], form) as string | undefined;
  const origin = Form.useWatch(["lines", name, "origin"], form) as string | undefined;
  const byList = !!origin && origin !== "hand" && origin !== "unpriced";
  const timed = isTimed(kind ?? "");
  const byHand = () => form.setFieldValue(["lines", name, "origin"], "hand");
  return (
    <fieldset className="quote-line">
      <Form.Item name={[name, "kind"]} label={t("costs.kind")}>
        <Select
          onChange={() => form.setFieldValue(["lines", name, "origin"], "")}
          options={[...ITEM_KINDS, "free"].map((value) => ({ value, label: t.label("costItem", value) }))}
        />
      </Form.Item>
      {(kind === "part" || kind === "fixed") && (
        <Form.Item
          name={[name, "code"]}
          label={t(kind === "part" ? "quote.part" : "quote.service")}
          rules={[{ required: true, message: t("form.needed") }]}
        >
          <Input maxLength={60} onChange={() => form.setFieldValue(["lines", name, "origin"], "")} />
        </Form.Item>
      )}
      {timed && (
        <Form.Item name={[name, "hours"]} label={t("quote.hours")}>
          <Select
            allowClear
            onChange={() => form.setFieldValue(["lines", name, "origin"], "")}
            options={HOURS.filter(Boolean).map((value) => ({ value, label: t.label("workHours", value) }))}
          />
        </Form.Item>
      )}
      <Form.Item
        name={[name, "text"]}
        label={t("quote.text")}
        className="quote-text"
        rules={kind === "free" ? [{ required: true, message: t("form.needed") }] : []}
      >
        <Input maxLength={500} placeholder={kind === "free" ? "" : t("quote.textByList")} />
      </Form.Item>
      <Form.Item name={[name, "quantity"]} label={timed ? t("quote.minutes") : t("costs.quantity")}>
        <InputNumber stringMode min="0.001" className="number-field" />
      </Form.Item>
      <Form.Item
        name={[name, "unit_price"]}
        label={`${t(timed ? "quote.hourPrice" : "costs.unitPrice")} (${currency})`}
        extra={byList ? t("quote.fromList") : undefined}
        rules={kind === "free" ? [{ required: true, message: t("form.needed") }] : []}
      >
        <InputNumber stringMode min="0" className="number-field" placeholder={t("quote.byList")} onChange={byHand} />
      </Form.Item>
      <Form.Item name={[name, "discount"]} label={t("quote.discount")}>
        <InputNumber stringMode min="0" max="100" suffix="%" className="number-field" onChange={byHand} />
      </Form.Item>
      <Form.Item name={[name, "tax_code"]} label={t("quote.taxCode")}>
        <Select allowClear options={taxes} placeholder={t("quote.byList")} />
      </Form.Item>
      <Form.Item name={[name, "origin"]} hidden>
        <Input />
      </Form.Item>
      <Button
        type="text"
        danger
        icon={<DeleteOutlined />}
        aria-label={t("act.remove", { name: `${name + 1}` })}
        onClick={remove}
      />
    </fieldset>
  );
}
