import { Link } from "react-router";
import type { FaultFile } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { percent } from "./terms";

const SHOWN = 8;

/** Parts that the remedy used, with how many of how many, so that nobody reads a percentage alone. */
export function UsualParts({ file }: { file: FaultFile }) {
  const { t, f } = useWords();
  const parts = file.parts ?? [];
  if (parts.length === 0) return null;
  return (
    <section aria-labelledby="usual-parts">
      <h2 id="usual-parts">{t("fault.usualParts")}</h2>
      <ul className="share-list">
        {parts.slice(0, SHOWN).map((one) => (
          <li key={one.part}>
            <span>
              <Link to={`/stock/parts/${encodeURIComponent(one.part)}`} className="figures">
                {one.part}
              </Link>{" "}
              {one.name} {one.quantity > 1 && <span className="quiet">× {f.number(one.quantity)}</span>}
            </span>
            <span className="share-track" aria-hidden>
              <span style={{ inlineSize: `${one.share * 100}%` }} />
            </span>
            <span className="figures nowrap">
              {percent(one.share, f.number)}{" "}
              <small className="quiet">{t("fault.ofCases", { count: one.cases, of: one.of })}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
