import { Input } from "antd";
import { useId } from "react";
import { useWords } from "../i18n/LanguageProvider";
import type { Problem } from "./api";
import { useProblemText } from "./ProblemList";

interface Props {
  label: string;
  field: string;
  texts: Record<string, string>;
  languages: string[];
  max: number;
  rows?: number;
  required?: boolean;
  problems?: Problem[];
  onChange: (texts: Record<string, string>, typing: string) => void;
}

/** One text in several languages, side by side. */
export function TextPair({ label, field, texts, languages, max, rows, problems = [], onChange }: Props) {
  const { f } = useWords();
  const problemText = useProblemText();
  const id = useId();
  const mine = problems.filter((one) => one.field === field);
  return (
    <div className="text-pair" role="group" aria-labelledby={id}>
      <span className="field-label" id={id}>
        {label}
      </span>
      <div className="pair" data-count={languages.length}>
        {languages.map((code) => {
          const wrong = mine.find((one) => !one.detail || one.detail === code);
          const shared = {
            value: texts[code] ?? "",
            maxLength: max,
            lang: code,
            "aria-label": `${label} (${f.languageName(code)})`,
            placeholder: f.languageName(code),
            status: wrong ? (wrong.severity === "error" ? ("error" as const) : ("warning" as const)) : undefined,
            onChange: (event: { target: { value: string } }) =>
              onChange({ ...texts, [code]: event.target.value }, `${field}.${code}`),
          };
          return rows ? (
            <Input.TextArea key={code} {...shared} autoSize={{ minRows: rows, maxRows: 14 }} />
          ) : (
            <Input key={code} {...shared} />
          );
        })}
      </div>
      <FieldProblems problems={mine} text={problemText} />
    </div>
  );
}

export function FieldProblems({ problems, text }: { problems: Problem[]; text: (one: Problem) => string }) {
  return problems.map((one, index) => (
    <p key={index} className="field-problem" data-severity={one.severity} role="alert">
      {text(one)}
    </p>
  ));
}
