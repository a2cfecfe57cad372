import { useDevice } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";

const SHOWN = 5;

/** What was done to the device before. */
export function HistoryCard({ serial, except }: { serial: string; except?: string }) {
  const { t, f } = useWords();
  const file = useDevice(serial).data;
  const tickets = new Map((file?.tickets ?? []).map((one) => [one.number, one]));
  const before = (file?.work_orders ?? [])
    .filter((one) => one.number !== except && one.state === "done")
    .sort((a, b) => (b.from_time ?? "").localeCompare(a.from_time ?? ""))
    .slice(0, SHOWN);
  const swapped = (file?.parts_used ?? []).slice(0, SHOWN);
  if (before.length === 0 && swapped.length === 0) return null;
  return (
    <article className="card">
      <h2>
        <Icon name="history" small />
        {t("visit.history")}
      </h2>
      <ul className="rows">
        {before.map((one) => (
          <li key={one.number}>
            <div className="row-main">
              <p className="wrap">{tickets.get(one.ticket)?.title ?? one.ticket}</p>
              <p className="quiet">
                {one.from_time && f.date(one.from_time)} · {one.engineer} · {t.label("visitResult", one.result)}
              </p>
            </div>
          </li>
        ))}
        {swapped.map((one) => (
          <li key={`${one.work_order}${one.part}${one.used_at}`}>
            <Icon name="part" small />
            <div className="row-main">
              <p className="figures wrap">
                {one.part} × {one.quantity}
              </p>
              <p className="quiet">
                {f.date(one.used_at)} {one.serial_in && ` · ${one.serial_in}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </article>
  );
}
