import type { FigureView, PassageView } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { Markdown } from "../../ui/Markdown";
import { hazardOf } from "./hazard";

interface Props {
  passage: PassageView;
  lang: string;
  figures?: Record<string, string>;
  /** Told when the pointer or the focus is on a figure, and when it leaves. */
  onFigure?: (figure: FigureView | null) => void;
}

/** A passage as it was compiled: what it is, what it says, and what was recognised in it. */
export function PassageCard({ passage, lang, figures, onFigure }: Props) {
  const { t } = useWords();
  const hazard = hazardOf(passage);
  return (
    <li className="compiled" data-kind={passage.kind}>
      <header>
        <span className="figures quiet">{passage.ordinal + 1}</span>
        <span className="tag">{t.label("passageKind", passage.kind)}</span>
        <span className="compiled-section">{passage.section}</span>
        {passage.page !== null && (
          <span className="quiet nowrap">{t("part.page", { page: passage.page })}</span>
        )}
      </header>
      {hazard && (
        <p className="compiled-hazard">
          <strong>
            {[t.label("hazardRole", hazard.role), ...hazard.classes.map((one) => t.label("hazardClass", one))].join(
              " · ",
            )}
          </strong>
          {hazard.notes.map((note) => (
            <span key={note} lang={lang}>
              {note}
            </span>
          ))}
        </p>
      )}
      <div lang={lang} dir="auto">
        <Markdown text={passage.text} figures={figures} />
      </div>
      <PassageMarks passage={passage} onFigure={onFigure} />
    </li>
  );
}

function PassageMarks({ passage, onFigure }: Pick<Props, "passage" | "onFigure">) {
  const { t } = useWords();
  const { codes, concepts, figures } = passage;
  if (codes.length + concepts.length + figures.length === 0) return null;
  return (
    <ul className="compiled-marks">
      {codes.map((code) => (
        <li key={`code-${code}`}>
          <code title={t("passage.code")}>{code}</code>
        </li>
      ))}
      {concepts.map((one) => (
        <li key={one.key} className="concept" title={t("passage.concept", { key: one.key })}>
          {one.name || one.key}
        </li>
      ))}
      {figures.map((figure) => (
        <li key={figure.name}>
          <button
            type="button"
            className="figure-mark"
            onMouseEnter={() => onFigure?.(figure)}
            onMouseLeave={() => onFigure?.(null)}
            onFocus={() => onFigure?.(figure)}
            onBlur={() => onFigure?.(null)}
            onClick={() => onFigure?.(figure)}
          >
            {t("passage.figure", { name: figure.caption || figure.name })}
          </button>
        </li>
      ))}
    </ul>
  );
}
