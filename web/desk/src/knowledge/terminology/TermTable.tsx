import { useEffect } from "react";
import type { Term } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { CUSTOMER_LANGUAGES } from "../../ui/languages";
import { headName } from "./names";

interface Props {
  rows: Term[];
  active: number;
  /** The language that is asked for; it stands beside the reader's own. */
  lang?: string;
  onOpen: (term: Term) => void;
}

/** Terms with their names in two languages and how many they have in all. */
export function TermTable({ rows, active, lang, onOpen }: Props) {
  const { t, f, language } = useWords();
  const second = lang && lang !== language ? lang : language === "en" ? "zh" : "en";
  useEffect(() => {
    document.querySelector(".term-active")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <ul className="terms">
      {rows.map((term, index) => (
        <li key={term.key} className={index === active ? "term-active" : undefined}>
          <button type="button" className="term" onClick={() => onOpen(term)}>
            <span className="term-names">
              <strong lang={language}>{headName(term.names, language, term.key)}</strong>
              <small lang={language}>{(term.names[language] ?? []).slice(1).join(" · ")}</small>
            </span>
            <span className="term-names">
              <span lang={second}>{term.names[second]?.[0] ?? "–"}</span>
              <small lang={second}>{(term.names[second] ?? []).slice(1).join(" · ")}</small>
            </span>
            <span className="term-facts">
              <span className="tag">{t.label("termKind", term.kind)}</span>
              {term.domain && <span className="quiet">{t.label("termDomain", term.domain)}</span>}
              {term.own && (
                <span className="tag" data-own>
                  {t("terms.ownMark")}
                </span>
              )}
              <code>{term.key}</code>
            </span>
            <span className="term-languages">
              {CUSTOMER_LANGUAGES.map((code) => {
                const has = (term.names[code]?.length ?? 0) > 0;
                const read = term.reviewed.includes(code);
                const how = !has ? "missing" : read ? "published" : "unreviewed";
                const name = `${f.languageName(code)}: ${t.label("termState", how)}`;
                return (
                  <i
                    key={code}
                    className="state-dot"
                    data-translation={how}
                    role="img"
                    aria-label={name}
                    title={name}
                  />
                );
              })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
