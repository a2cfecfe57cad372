import { Form, Input, Radio, Select } from "antd";
import { actOnQuote } from "../api/billing";
import type { Quote } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

export type AskedAct = "withdraw" | "reject" | "decision";

interface Values {
  reason?: string;
  approved?: boolean;
  name?: string;
  via?: string;
}

/** An act on a quote that needs words: why it is taken back, or what the customer decided. */
export function QuoteDialog({ act, quote, onClose }: { act: AskedAct; quote: Quote; onClose: () => void }) {
  const { t } = useWords();
  const needed = [{ required: true, message: t("form.needed") }];
  return (
    <ActDialog<Values, unknown>
      title={`${quote.number}: ${t.label("quoteAct", act)}`}
      hint={t.label("quoteActHint", act)}
      submit={t.label("quoteAct", act)}
      danger={act === "withdraw"}
      version={quote.version}
      initial={{ approved: true, via: "mail" }}
      run={(values, how) =>
        actOnQuote(
          quote.number,
          act,
          act === "decision"
            ? { approved: values.approved, name: values.name, via: values.via, reason: values.reason ?? "" }
            : { reason: values.reason },
          how,
        )
      }
      refresh={[["quotes"]]}
      onClose={onClose}
    >
      {act === "decision" && (
        <>
          <Form.Item name="approved" label={t("quote.decision")}>
            <Radio.Group
              optionType="button"
              options={[
                { value: true, label: t.label("quoteState", "approved") },
                { value: false, label: t.label("quoteState", "rejected") },
              ]}
            />
          </Form.Item>
          <div className="form-two">
            <Form.Item name="name" label={t("quote.decidedBy")} rules={needed}>
              <Input minLength={2} maxLength={200} />
            </Form.Item>
            <Form.Item name="via" label={t("quote.via")}>
              <Select
                options={["phone", "mail", "paper"].map((value) => ({ value, label: t.label("quoteVia", value) }))}
              />
            </Form.Item>
          </div>
        </>
      )}
      <Form.Item
        name="reason"
        label={t(act === "decision" ? "quote.decisionNote" : "visit.reason")}
        rules={act === "decision" ? [] : needed}
      >
        <Input.TextArea autoFocus={act !== "decision"} maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </ActDialog>
  );
}
