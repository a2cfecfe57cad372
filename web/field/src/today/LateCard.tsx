import { Link } from "react-router";
import { useLate } from "../api/dispatch";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import { Tag } from "../ui/States";
import { TONE_OF } from "../visit/terms";

/** Visits of days that are over and that nobody has ended. */
export function LateCard() {
  const { t, f } = useWords();
  const late = useLate();
  if (!late.data?.length) return null;
  return (
    <details className="card late">
      <summary>
        <Icon name="warn" small />
        {t("today.late", { count: late.data.length })}
      </summary>
      <ul className="rows">
        {late.data.map((one) => (
          <li key={one.number}>
            <Link className="row-link" to={`/visits/${one.number}`}>
              <span className="row-main">
                <span className="wrap">{one.purpose || one.site || one.serial || one.number}</span>
                <br />
                <span className="quiet figures">
                  {f.dateTime(one.window.from, one.window.time_zone)} · {one.number}
                </span>
              </span>
              <Tag tone={TONE_OF[one.state]}>{t.label("visitState", one.state)}</Tag>
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
