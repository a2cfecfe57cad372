import { CloseCircleFilled, ExclamationCircleFilled } from "@ant-design/icons";
import { useWords } from "../i18n/LanguageProvider";
import type { Content, Problem } from "./api";
import { inLanguage } from "./terms";

interface Props {
  problems: Problem[];
  content: Content | null;
  onSelect?: (index: number) => void;
}

/** What is wrong, and at which step; a click leads there. */
export function ProblemList({ problems, content, onSelect }: Props) {
  const { t, language } = useWords();
  const problemText = useProblemText();
  if (problems.length === 0) return <p className="quiet">{t("sop.noProblems")}</p>;
  return (
    <ul className="problems">
      {problems.map((one, place) => {
        const index = content?.steps.findIndex((step) => step.id === one.step) ?? -1;
        const step = content?.steps[index];
        return (
          <li key={place} data-severity={one.severity}>
            {one.severity === "error" ? <CloseCircleFilled aria-hidden /> : <ExclamationCircleFilled aria-hidden />}
            <button type="button" disabled={!onSelect} onClick={() => onSelect?.(index)}>
              {step && (
                <strong>
                  {index + 1}. {inLanguage(step.title, language) || t("sop.untitled")}:{" "}
                </strong>
              )}
              {problemText(one)}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** A problem in words, with the field and what it is about. */
export function useProblemText(): (problem: Problem) => string {
  const { t, f } = useWords();
  return (one) => {
    if (one.code === "language_gap") {
      return t("sop.languageGap", {
        field: t.label("sopField", one.field ?? ""),
        language: f.languageName(one.detail ?? ""),
      });
    }
    const text = t.label("sopProblem", one.code);
    return one.detail ? `${text} (${one.detail})` : text;
  };
}
