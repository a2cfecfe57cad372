import { PrinterOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Input, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import { actOnInvoice, billingRules, changeInvoice, invoice, invoicePrint } from "../api/billing";
import type { InvoiceFile } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { DetailPage } from "../ui/DetailPage";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { MoneyText } from "../ui/MoneyText";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { InvoiceState, Sheet } from "./bits";
import { invoicePath, money, quotePath, todayText } from "./terms";
import "../styles/billing.css";

/** An invoice or credit note: a draft is checked and issued, an issued one only taken back. */
export default function InvoicePage() {
  const { id = "" } = useParams();
  const file = useQuery({ queryKey: ["invoices", "one", id], queryFn: () => invoice(id), enabled: !!id });
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown key={id} file={file.data} />;
}

function Shown({ file }: { file: InvoiceFile }) {
  const { t, f } = useWords();
  const navigate = useNavigate();
  const mayBill = useMay("billing:write");
  const [act, setAct] = useState<"issue" | "cancel">();
  const draft = file.state === "draft";
  const discard = useCommand<void, unknown>({
    run: (_, how) => actOnInvoice(file.id, "discard", {}, how),
    version: file.version,
    refresh: [["invoices"], ["costs"]],
    done: () => t("invoice.discarded"),
    onDone: () => void navigate("/billing/invoices"),
  });
  return (
    <DetailPage
      back={{ to: "/billing/invoices", label: t("billing.invoices") }}
      label={t("quote.lines")}
      title={file.customer_name}
      sub={
        <>
          <span className="figures">{file.number || t("invoiceState.draft")}</span>
          <InvoiceState state={file.state} kind={file.kind} />
        </>
      }
      acts={
        <>
          <Button icon={<PrinterOutlined />} href={invoicePrint(file.id)} target="_blank">
            {t("quote.preview")}
          </Button>
          {mayBill && draft && (
            <>
              <Button danger loading={discard.busy} onClick={() => discard.submit()}>
                {t("invoice.discard")}
              </Button>
              <Button type="primary" disabled={file.problems.length > 0} onClick={() => setAct("issue")}>
                {t("invoice.issue")}
              </Button>
            </>
          )}
          {mayBill && file.state === "issued" && file.kind === "invoice" && (
            <Button danger onClick={() => setAct("cancel")}>
              {t("invoice.cancel")}
            </Button>
          )}
        </>
      }
      banner={<Banner file={file} />}
      facts={
        <Facts
          facts={[
            { label: t("side.customer"), value: <Link to={`/customers/${file.customer_id}`}>{file.customer_name}</Link> },
            { label: t("invoice.issuedOn"), value: f.date(file.issued_on) },
            { label: t("invoice.dueOn"), value: f.date(file.due_on) },
            { label: t("quote.net"), value: <MoneyText money={file.net} /> },
            { label: t("quote.tax"), value: <MoneyText money={file.tax} /> },
            { label: t("quote.gross"), value: <MoneyText money={file.gross} /> },
            {
              label: t("quote.ticket"),
              value: file.tickets.length > 0 && (
                <span className="billing-amounts">
                  {file.tickets.map((one) => (
                    <Link key={one} to={`/tickets/${one}`} className="figures">
                      {one}
                    </Link>
                  ))}
                </span>
              ),
            },
            { label: t("billing.quote"), value: file.quote && <Link to={quotePath(file.quote)} className="figures">{file.quote}</Link> },
            { label: t("invoice.credits"), value: file.credits && <Link to={invoicePath(file.credits)} className="figures">{file.credits}</Link> },
            { label: t("invoice.creditedBy"), value: file.credited_by && <Link to={invoicePath(file.credited_by)} className="figures">{file.credited_by}</Link> },
            { label: t("invoice.exported"), value: f.dateTime(file.exported_at) },
          ]}
        />
      }
      related={
        file.digest && (
          <Section title={t("invoice.proof")}>
            <p data-broken={!file.intact || undefined} className="hash">
              {t(file.intact ? "quote.intact" : "quote.broken")}
              <small className="figures">{file.digest}</small>
            </p>
          </Section>
        )
      }
    >
      <Lines file={file} mayChange={mayBill && draft} />
      {file.note && <p className="plain">{file.note}</p>}
      {act === "issue" && <IssueDialog file={file} onClose={() => setAct(undefined)} />}
      {act === "cancel" && (
        <ActDialog<{ reason: string }, { id: string }>
          title={t("invoice.cancelTitle", { number: file.number })}
          hint={t("invoice.cancelHint")}
          submit={t("invoice.cancel")}
          danger
          version={file.version}
          run={(values, how) => actOnInvoice(file.id, "cancel", values, how)}
          refresh={[["invoices"], ["costs"]]}
          onDone={(note) => void navigate(invoicePath(note.id))}
          onClose={() => setAct(undefined)}
        >
          <Form.Item name="reason" label={t("visit.reason")} rules={[{ required: true, message: t("form.needed") }]}>
            <Input.TextArea autoFocus maxLength={1000} autoSize={{ minRows: 2 }} />
          </Form.Item>
        </ActDialog>
      )}
    </DetailPage>
  );
}

function IssueDialog({ file, onClose }: { file: InvoiceFile; onClose: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<{ issued_on: string }, { number: string }>
      title={t("invoice.issueTitle", { customer: file.customer_name })}
      hint={t("invoice.issueHint")}
      submit={t("invoice.issue")}
      version={file.version}
      initial={{ issued_on: todayText() }}
      run={(values, how) => actOnInvoice(file.id, "issue", { issued_on: values.issued_on || null }, how)}
      refresh={[["invoices"], ["costs"]]}
      done={(made) => t("invoice.issuedAs", { number: made.number })}
      onClose={onClose}
    >
      <p className="invoice-sum">
        <MoneyText money={file.gross} />
      </p>
      <Form.Item name="issued_on" label={t("invoice.issuedOn")}>
        <Input type="date" />
      </Form.Item>
    </ActDialog>
  );
}

function Banner({ file }: { file: InvoiceFile }) {
  const { t } = useWords();
  return (
    <>
      {file.problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("invoice.incomplete")}
          description={file.problems
            .map((one) => {
              const [code = "", at = ""] = one.split(":");
              return `${t.label("paperProblem", code)}${at && ` (${at})`}`;
            })
            .join(" · ")}
        />
      )}
      {file.left_out.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t("invoice.leftOut")}
          description={file.left_out.map((one) => (
            <MoneyText key={one.currency} money={one} />
          ))}
        />
      )}
      {file.reason && <Alert type="info" showIcon title={file.reason} />}
    </>
  );
}

function Lines({ file, mayChange }: { file: InvoiceFile; mayChange: boolean }) {
  const { t, f } = useWords();
  const rules = useQuery({ queryKey: ["billing", "rules"], queryFn: billingRules, enabled: mayChange });
  const change = useCommand<object, unknown>({
    run: (body, { version }) => changeInvoice(file.id, body, version),
    version: file.version,
    refresh: [["invoices"], ["costs"]],
  });
  const taxes = (rules.data?.taxes ?? []).map(({ code, rate }) => ({ value: code, label: `${code} · ${rate} %` }));
  const shared = file.lines.some((line) => line.share !== "100");
  const before = shared ? 6 : 5;
  return (
    <Sheet label={t("quote.lines")}>
      <thead>
        <tr>
          <th>#</th>
          <th>{t("costs.what")}</th>
          <th className="end">{t("costs.quantity")}</th>
          <th className="end">{t("costs.unitPrice")}</th>
          {shared && <th className="end">{t("costs.share")}</th>}
          <th className="end">{t("quote.tax")}</th>
          <th className="end">{t("quote.net")}</th>
          {mayChange && <th />}
        </tr>
      </thead>
      <tbody>
        {file.lines.map((line) => (
          <tr key={line.position}>
            <td className="quiet figures">{line.position}</td>
            <td>
              {line.text}
              <small className="quiet">
                {[line.code, line.hours && line.hours !== "normal" && t.label("workHours", line.hours), f.date(line.on), file.tickets.length > 1 && line.ticket]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </td>
            <td className="end figures nowrap">
              {line.quantity} {t.label("unit", line.unit)}
            </td>
            <td className="end">
              <MoneyText money={money(line.unit_price, file.currency)} />
              {line.per > 1 && <small className="quiet">{t("costs.perHour")}</small>}
            </td>
            {shared && <td className="end figures nowrap">{line.share} %</td>}
            <td className="end">
              {mayChange ? (
                <Select
                  size="small"
                  value={line.tax_code || undefined}
                  status={line.tax_rate === null ? "error" : undefined}
                  options={taxes}
                  aria-label={t("quote.taxCode")}
                  className="tax-choice"
                  onChange={(code: string) => change.submit({ tax_codes: { [line.position]: code } })}
                />
              ) : (
                <span className="figures">{line.tax_rate} %</span>
              )}
            </td>
            <td className="end">
              <MoneyText money={money(line.net, file.currency)} />
            </td>
            {mayChange && (
              <td>
                {file.lines.length > 1 && (
                  <Button size="small" type="link" danger onClick={() => change.submit({ drop: [line.position] })}>
                    {t("invoice.leaveOut")}
                  </Button>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th colSpan={before}>{t("quote.net")}</th>
          <td className="end">
            <MoneyText money={file.net} />
          </td>
        </tr>
        {file.taxes.map((tax) => (
          <tr key={`${tax.code}-${tax.rate}`}>
            <th colSpan={before}>
              {tax.name || tax.code} {tax.rate} %
            </th>
            <td className="end">
              <MoneyText money={money(tax.tax, file.currency)} />
            </td>
          </tr>
        ))}
        <tr className="billing-sheet-total">
          <th colSpan={before}>{t("quote.gross")}</th>
          <td className="end">
            <MoneyText money={file.gross} />
          </td>
        </tr>
      </tfoot>
    </Sheet>
  );
}
