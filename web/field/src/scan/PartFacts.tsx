import type { Scanned } from "../api/stock";
import { useVan } from "../api/stock";
import { useWords } from "../i18n/LanguageProvider";
import { spoken } from "../i18n/format";
import { Icon } from "../ui/Icon";
import { Tag } from "../ui/States";

/** A scanned part: what it is, where it lies; one's own van first. */
export function PartFacts({ found }: { found: Scanned }) {
  const { t, f, language } = useWords();
  const van = useVan().data?.code;
  const balances = (found.balances ?? [])
    .filter((one) => one.on_hand > 0)
    .sort((a, b) => Number(b.location === van) - Number(a.location === van) || b.free - a.free);
  return (
    <article className="card">
      <h2>
        <Icon name="part" small />
        <span className="figures">{found.part}</span>
      </h2>
      <p>{spoken(found.names, language)}</p>
      <dl className="facts">
        {found.serial && <dt>{t("part.serial")}</dt>}
        {found.serial && <dd className="figures">{found.serial}</dd>}
        {found.lot && <dt>{t("part.lot")}</dt>}
        {found.lot && <dd className="figures">{found.lot}</dd>}
        {found.expires_on && <dt>{t("part.expires")}</dt>}
        {found.expires_on && <dd>{f.date(found.expires_on)}</dd>}
        {found.place && <dt>{t("part.place")}</dt>}
        {found.place && <dd>{found.place}</dd>}
      </dl>
      <ul className="rows">
        {balances.map((one) => (
          <li key={`${one.location}${one.lot}${one.condition}`}>
            <div className="row-main">
              <p className="wrap">{one.location}</p>
              <p className="quiet">{[one.bin, one.lot].filter(Boolean).join(" · ")}</p>
            </div>
            {one.location === van && <Tag tone="teal">{t("van.mine")}</Tag>}
            <Tag tone={one.free > 0 ? "green" : ""}>{t("part.free", { count: one.free })}</Tag>
          </li>
        ))}
      </ul>
      {balances.length === 0 && <p className="quiet">{t("part.nowhere")}</p>}
    </article>
  );
}
