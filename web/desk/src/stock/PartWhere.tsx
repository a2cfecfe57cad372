import type { Balance, StockPartFile } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { FreeText, Place } from "./bits";
import { LevelsButton } from "./LevelsButton";
import { useMay } from "../app/session";
import { LEVELS } from "./terms";

/** Where a part lies, by level from the centre to the vans, and every piece with a serial. */
export function PartWhere({ file }: { file: StockPartFile }) {
  const { t } = useWords();
  const groups = LEVELS.map((level) => ({
    level,
    rows: file.balances.filter((one) => one.level === level),
  })).filter(({ rows }) => rows.length > 0);
  if (groups.length === 0) {
    return <EmptyState title={t("stock.noBalances")} hint={t("stock.noBalancesHint")} />;
  }
  return (
    <>
      {groups.map(({ level, rows }) => (
        <section key={level} className="part-level">
          <h3>{t.label("stockLevel", level)}</h3>
          <Rows rows={rows} />
        </section>
      ))}
      {file.serials.length > 0 && <Serials file={file} />}
    </>
  );
}

function Rows({ rows }: { rows: Balance[] }) {
  const { t, f } = useWords();
  const mayWrite = useMay("stock:write");
  return (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("stock.location")}</th>
            <th>{t("stock.lot")}</th>
            <th>{t("stock.condition")}</th>
            <th className="end">{t("stock.onHand")}</th>
            <th className="end">{t("stock.reserved")}</th>
            <th className="end">{t("stock.free")}</th>
            <th className="end">{t("stock.minMax")}</th>
            <th>{t("stock.bin")}</th>
            {mayWrite && <th aria-label={t("move.acts")} />}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={[one.location, one.lot, one.condition].join("|")}>
              <td>
                <Place place={one.location} />
              </td>
              <td>
                {one.lot}
                {one.expires_on && <small className="quiet">{t("scan.expires", { date: f.date(one.expires_on) })}</small>}
              </td>
              <td>{t.label("condition", one.condition)}</td>
              <td className="end figures">{one.on_hand}</td>
              <td className="end figures">{one.reserved}</td>
              <td className="end">
                <FreeText balance={one} />
              </td>
              <td className="end figures">
                {one.minimum === null && one.maximum === null ? "" : `${one.minimum ?? "–"} / ${one.maximum ?? "–"}`}
              </td>
              <td>{one.bin}</td>
              {mayWrite && (
                <td>{one.condition === "good" && !one.lot && <LevelsButton balance={one} />}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Serials({ file }: { file: StockPartFile }) {
  const { t } = useWords();
  return (
    <section className="part-level">
      <h3>{t("part.serials", { count: file.serials.length })}</h3>
      <ul className="serial-list">
        {file.serials.map((one) => (
          <li key={one.serial}>
            <span className="figures">{one.serial}</span>
            <Place place={one.place} />
            {one.condition !== "good" && <span className="tag">{t.label("condition", one.condition)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
