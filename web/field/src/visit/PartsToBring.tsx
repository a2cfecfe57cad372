import { useReserved, useVan } from "../api/stock";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Tag } from "../ui/States";

/** Parts kept for this visit, and whether they are in the van yet. */
export function PartsToBring({ visit, ticket }: { visit: string; ticket: string }) {
  const { t } = useWords();
  const reserved = useReserved(visit, ticket);
  const van = useVan();
  if (!reserved.data?.length) return null;
  return (
    <article className="card">
      <h2>
        <Icon name="part" small />
        {t("visit.bring")}
      </h2>
      <ul className="rows">
        {reserved.data.map((one) => (
          <li key={one.id}>
            <div className="row-main">
              <p className="strong figures">
                {one.part} × {one.quantity - one.consumed}
              </p>
              <p className="quiet">{[one.serial, one.lot].filter(Boolean).join(" · ")}</p>
            </div>
            {van.data?.code === one.location ? (
              <Tag tone="green">{t("van.inVan")}</Tag>
            ) : (
              <Tag tone="amber">{one.location}</Tag>
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}
