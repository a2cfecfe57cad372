import { useQuery } from "@tanstack/react-query";
import { get, segment } from "../api/client";
import type { components } from "../api/schema";
import type { VisitFile } from "../api/visits";
import { useMay } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Note } from "../ui/States";
import { onSiteMinutes } from "./metrics";

type Costs = components["schemas"]["TicketCosts"];

/** What the visit came to, once it has ended. */
export function Summary({ file }: { file: VisitFile }) {
  const { t, f } = useWords();
  const worked = file.labour.filter((one) => one.kind === "work").reduce((sum, one) => sum + one.minutes, 0);
  const here = onSiteMinutes(file);
  const solved = file.result === "solved";
  const next = file.next_visit as { note?: string; skill?: string; parts?: string[] };
  return (
    <article className="card">
      <h2>
        <Icon name="flag" small />
        {t("summary.title")}
      </h2>
      <Note tone={solved ? "green" : "amber"}>
        <p className="strong">{t.label("visitResult", file.result)}</p>
        {file.repeat_reason && <p>{t.label("repeatReason", file.repeat_reason)}</p>}
        {file.reason && <p className="prose">{file.reason}</p>}
      </Note>
      <dl className="facts">
        {here !== null && <dt>{t("summary.onSite")}</dt>}
        {here !== null && <dd className="figures">{f.minutes(here)}</dd>}
        {worked > 0 && <dt>{t("summary.worked")}</dt>}
        {worked > 0 && <dd className="figures">{f.minutes(worked)}</dd>}
        {file.travel_minutes > 0 && <dt>{t("summary.travel")}</dt>}
        {file.travel_minutes > 0 && (
          <dd className="figures">
            {f.minutes(file.travel_minutes)}
            {file.travel_km !== null && ` · ${f.number(file.travel_km, 1)} km`}
          </dd>
        )}
        {file.parts.length > 0 && <dt>{t("work.parts")}</dt>}
        {file.parts.length > 0 && (
          <dd>
            {file.parts.map((part) => (
              <p key={part.id} className="figures">
                {part.part} × {part.quantity}
              </p>
            ))}
          </dd>
        )}
        <dt>{t("work.sign")}</dt>
        <dd>{file.signature ? `${file.signature.name} ${file.signature.role}` : t("summary.notSigned")}</dd>
        {next.note || next.parts?.length || next.skill ? <dt>{t("summary.next")}</dt> : null}
        {next.note || next.parts?.length || next.skill ? (
          <dd>{[next.note, next.skill, next.parts?.join(", ")].filter(Boolean).join(" · ")}</dd>
        ) : null}
      </dl>
      {file.unsigned_facts > 0 && <Note tone="amber">{t("summary.unsigned", { count: file.unsigned_facts })}</Note>}
      <CostLine ticket={file.ticket} />
    </article>
  );
}

/** What the repair cost and who bears it, for those who may know. */
function CostLine({ ticket }: { ticket: string }) {
  const { t, f } = useWords();
  const may = useMay("billing:read");
  const costs = useQuery({
    queryKey: ["costs", ticket],
    queryFn: () => get<Costs>(`/v1/tickets/${segment(ticket)}/costs`),
    enabled: may,
  });
  if (!costs.data) return null;
  return (
    <>
      {costs.data.totals.map((one) => (
        <dl key={one.currency} className="facts">
          <dt>{t("summary.cost")}</dt>
          <dd className="figures">{f.money({ amount: one.cost, currency: one.currency })}</dd>
          <dt>{t("summary.charged")}</dt>
          <dd className="figures">{f.money({ amount: one.customer, currency: one.currency })}</dd>
        </dl>
      ))}
    </>
  );
}
