import { CopyOutlined, PrinterOutlined } from "@ant-design/icons";
import { Alert, App, Button } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import { actOnQuote, draftInvoice, quote, quotePrint } from "../api/billing";
import type { QuoteFile } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { DetailPage } from "../ui/DetailPage";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { MoneyText } from "../ui/MoneyText";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { QuoteDialog } from "./QuoteDialog";
import type { AskedAct } from "./QuoteDialog";
import { QuoteEditor } from "./QuoteEditor";
import { QuoteLines } from "./QuoteLines";
import { QuoteTalk } from "./QuoteTalk";
import { QuoteState } from "./bits";
import { invoicePath } from "./terms";
import "../styles/billing.css";

/** A quote: facts left, its lines or its editor in the middle, link, questions, revisions right. */
export default function QuotePage() {
  const { number = "" } = useParams();
  const file = useQuery({ queryKey: ["quotes", number], queryFn: () => quote(number), enabled: !!number });
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown key={number} file={file.data} />;
}

const EDITABLE = new Set(["draft", "waiting_approval", "released"]);

function Shown({ file }: { file: QuoteFile }) {
  const { t } = useWords();
  const mayWrite = useMay("tickets:write");
  const [editing, setEditing] = useState(file.state === "draft" && file.lines.length === 0);
  const [asked, setAsked] = useState<AskedAct>();
  const open = mayWrite && EDITABLE.has(file.state);
  return (
    <DetailPage
      back={{ to: "/billing/quotes", label: t("billing.quotes") }}
      label={t("quote.lines")}
      title={file.title}
      sub={
        <>
          <span className="figures">
            {file.number} / {file.revision}
          </span>
          <QuoteState state={file.state} />
        </>
      }
      acts={<Acts file={file} editing={editing} edit={() => setEditing(true)} ask={setAsked} />}
      banner={<Banner file={file} />}
      facts={<Agreed file={file} />}
      related={
        file.revisions.length > 0 && (
        <>
          <LinkCard file={file} />
          <QuoteTalk file={file} />
          <Revisions file={file} />
        </>
        )
      }
    >
      {editing && open ? (
        <QuoteEditor file={file} onClose={() => setEditing(false)} />
      ) : (
        <>
          {file.intro && <p className="plain">{file.intro}</p>}
          <QuoteLines file={file} />
          {file.terms && <p className="plain quiet">{file.terms}</p>}
        </>
      )}
      {asked && <QuoteDialog act={asked} quote={file} onClose={() => setAsked(undefined)} />}
    </DetailPage>
  );
}

function Acts(props: { file: QuoteFile; editing: boolean; edit: () => void; ask: (act: AskedAct) => void }) {
  const { file, editing, edit, ask } = props;
  const { t } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay("tickets:write");
  const mayBill = useMay("billing:write");
  const refresh = [["quotes"], ["costs"]];
  const send = useCommand<void, { state: string }>({
    run: (_, how) => actOnQuote(file.number, "send", {}, how),
    version: file.version,
    refresh,
    done: (after) => t(after.state === "sent" ? "quote.sentDone" : "quote.waitingDone"),
  });
  const release = useCommand<void, unknown>({
    run: (_, how) => actOnQuote(file.number, "approve", {}, how),
    version: file.version,
    refresh,
    done: () => t("quote.releasedDone"),
  });
  const revise = useCommand<void, unknown>({
    run: (_, how) => actOnQuote(file.number, "revise", {}, how),
    version: file.version,
    refresh,
    done: () => t("quote.revisedDone"),
  });
  const bill = useCommand({
    run: (_: void, { key }) => draftInvoice({ quote: file.number }, key),
    refresh: [["invoices"]],
    onDone: (made) => void navigate(invoicePath(made.id)),
  });
  const { state } = file;
  const ready = file.problems.length === 0;
  const forbid = file.needs_approval && !mayBill && state === "draft";
  return (
    <>
      <Button icon={<PrinterOutlined />} href={quotePrint(file.number)} target="_blank">
        {t("quote.preview")}
      </Button>
      {mayWrite && EDITABLE.has(state) && !editing && <Button onClick={edit}>{t("act.change")}</Button>}
      {mayWrite && ["sent", "rejected", "expired", "withdrawn"].includes(state) && file.revisions.length > 0 && (
        <Button loading={revise.busy} onClick={() => revise.submit()}>
          {t("quote.revise")}
        </Button>
      )}
      {mayWrite && state === "sent" && <Button onClick={() => ask("decision")}>{t("quote.noteDecision")}</Button>}
      {mayWrite && ["draft", "waiting_approval", "released", "sent", "expired"].includes(state) && (
        <Button danger onClick={() => ask("withdraw")}>
          {t("quote.withdraw")}
        </Button>
      )}
      {mayBill && state === "waiting_approval" && (
        <>
          <Button onClick={() => ask("reject")}>{t("quote.sendBack")}</Button>
          <Button type="primary" loading={release.busy} onClick={() => release.submit()}>
            {t("quote.release")}
          </Button>
        </>
      )}
      {mayWrite && ["draft", "released"].includes(state) && !editing && (
        <Button type="primary" disabled={!ready} loading={send.busy} onClick={() => send.submit()}>
          {t(forbid ? "quote.askApproval" : "quote.send")}
        </Button>
      )}
      {mayBill && state === "approved" && (
        <Button type="primary" loading={bill.busy} onClick={() => bill.submit()}>
          {t("invoice.draftFrom")}
        </Button>
      )}
    </>
  );
}

function Banner({ file }: { file: QuoteFile }) {
  const { t, f } = useWords();
  if (file.problems.length > 0 && file.lines.length > 0)
    return (
      <Alert
        type="warning"
        showIcon
        title={t("quote.incomplete")}
        description={file.problems
          .map((one) => {
            const [code = "", at = ""] = one.split(":");
            return `${t.label("paperProblem", code)}${at && ` (${at})`}`;
          })
          .join(" · ")}
      />
    );
  if (file.state === "approved" || file.state === "rejected")
    return (
      <Alert
        type={file.state === "approved" ? "success" : "error"}
        showIcon
        title={t(file.state === "approved" ? "quote.approvedBy" : "quote.rejectedBy", {
          name: file.decided_by || "–",
          when: f.dateTime(file.decided_at),
          via: t.label("quoteVia", file.decided_via),
        })}
        description={
          <>
            {file.decision_reason && <p className="plain">{file.decision_reason}</p>}
            {file.approved_hash && (
              <small className="figures hash">{t("quote.hash", { hash: file.approved_hash })}</small>
            )}
          </>
        }
      />
    );
  if (file.state_reason && ["draft", "withdrawn", "released"].includes(file.state))
    return <Alert type="info" showIcon title={file.state_reason} />;
  return null;
}

function Agreed({ file }: { file: QuoteFile }) {
  const { t, f } = useWords();
  return (
    <Facts
      facts={[
        {
          label: t("side.customer"),
          value: <Link to={`/customers/${file.customer_id}`}>{file.customer_name}</Link>,
        },
        {
          label: t("quote.ticket"),
          value: file.ticket && (
            <Link to={`/tickets/${file.ticket}`} className="figures">
              {file.ticket}
            </Link>
          ),
        },
        { label: t("quote.net"), value: <MoneyText money={file.net} /> },
        { label: t("quote.tax"), value: <MoneyText money={file.tax} /> },
        { label: t("quote.gross"), value: <MoneyText money={file.gross} /> },
        { label: t("quote.validUntil"), value: f.date(file.valid_until) },
        { label: t("quote.priceList"), value: file.price_list },
        { label: t("quote.language"), value: f.languageName(file.language) },
        { label: t("quote.author"), value: file.author },
        { label: t("quote.releasedBy"), value: file.released_by },
        { label: t("quote.sentAt"), value: f.dateTime(file.sent_at) },
        file.needs_approval && { label: t("quote.approval"), value: t("quote.approvalNeeded") },
      ]}
    />
  );
}

function LinkCard({ file }: { file: QuoteFile }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const mayWrite = useMay("tickets:write");
  const renew = useCommand<void, unknown>({
    run: (_, how) => actOnQuote(file.number, "link", {}, how),
    version: file.version,
    refresh: [["quotes", file.number]],
    done: () => t("quote.linkRenewed"),
  });
  if (file.state !== "sent" && !file.url) return null;
  return (
    <Section title={t("quote.link")}>
      {file.url ? (
        <>
          <p className="quote-link figures">{file.url}</p>
          <Button
            size="small"
            icon={<CopyOutlined />}
            onClick={() =>
              void navigator.clipboard.writeText(file.url ?? "").then(() => message.success(t("quote.linkCopied")))
            }
          >
            {t("quote.copyLink")}
          </Button>
        </>
      ) : (
        <p className="quiet">{t("quote.noLink")}</p>
      )}
      {mayWrite && file.state === "sent" && (
        <Button size="small" type="link" loading={renew.busy} onClick={() => renew.submit()}>
          {t("quote.renewLink")}
        </Button>
      )}
    </Section>
  );
}

function Revisions({ file }: { file: QuoteFile }) {
  const { t, f } = useWords();
  if (file.revisions.length === 0) return null;
  return (
    <Section title={t("quote.revisions")}>
      <ul className="revisions">
        {file.revisions.map((one) => (
          <li key={one.revision}>
            <strong className="figures">{one.revision}</strong>
            <span>
              {f.dateTime(one.sent_at)} · {one.sent_by}
              <small className="quiet">
                {one.outcome ? `${t.label("quoteState", one.outcome)} · ${one.decided_by}` : t("quote.noOutcome")}
              </small>
              <small className="figures hash" data-broken={!one.intact || undefined}>
                {t(one.intact ? "quote.intact" : "quote.broken")} {one.digest.slice(0, 16)}…
              </small>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
