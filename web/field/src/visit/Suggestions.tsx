import { useSuggestions } from "../api/faults";
import type { Suggestion } from "../api/faults";
import type { TicketFile, VisitFile } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Tag } from "../ui/States";

/** What the fault library knows of faults that show like this, with what each rests on. */
export function Suggestions({ file, ticket }: { file: VisitFile; ticket?: TicketFile }) {
  const { t } = useWords();
  const facts = ticket?.ticket;
  const text = facts ? [facts.title, facts.description].filter(Boolean).join(" ").slice(0, 400) : "";
  const open = file.state !== "done" && file.state !== "cancelled";
  const found = useSuggestions({ model: facts?.model, text, code: facts?.error_codes }, !!facts && open);
  if (!found.data?.length) return null;
  return (
    <article className="card">
      <h2>
        <Icon name="spark" small />
        {t("fault.title")}
      </h2>
      <p className="quiet">{t("fault.hint")}</p>
      {found.data.slice(0, 3).map((one) => (
        <SuggestionLine key={one.fault.number} found={one} />
      ))}
    </article>
  );
}

function SuggestionLine({ found }: { found: Suggestion }) {
  const { t, f } = useWords();
  const { fault, share, parts, minutes } = found;
  const told = (slot: Suggestion["fault"]["cause"]) => slot.label || slot.text;
  return (
    <details className="fold">
      <summary>
        <span className="row-main">
          <span className="strong wrap">{told(fault.cause) || told(fault.component)}</span>
          <br />
          <span className="quiet wrap">{told(fault.symptom)}</span>
        </span>
        <Tag tone="ai">{f.percent(share)}</Tag>
      </summary>
      <dl className="facts">
        <dt>{t("finding.component")}</dt>
        <dd>{told(fault.component)}</dd>
        <dt>{t("finding.remedy")}</dt>
        <dd>{told(fault.remedy)}</dd>
        {minutes && <dt>{t("fault.minutes")}</dt>}
        {minutes && <dd>{f.minutes(minutes.median)}</dd>}
      </dl>
      {parts.map((part) => (
        <p key={part.part} className="line">
          <Icon name="part" small />
          <span className="figures">{part.part} × {part.quantity}</span>
          <span className="quiet">{part.name}</span>
          <Tag>{f.percent(part.share)}</Tag>
        </p>
      ))}
      <ul className="small quiet">
        {found.reasons.map((reason) => (
          <li key={reason.code}>{t.reason(reason, "faultWhy")}</li>
        ))}
      </ul>
      <p className="small quiet figures">{fault.number}</p>
    </details>
  );
}
