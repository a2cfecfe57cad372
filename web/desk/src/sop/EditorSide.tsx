import { Badge, Segmented } from "antd";
import { useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { FlowPicture } from "./FlowPicture";
import { ProblemList } from "./ProblemList";
import { StepCard } from "./StepCard";
import type { Content, Problem } from "./api";

interface Props {
  content: Content;
  problems: Problem[];
  checking: boolean;
  language: string;
  selected: number;
  setSelected: (index: number) => void;
}

/** What becomes of it: as the engineer sees the step, as a picture, and what is wrong. */
export function EditorSide({ content, problems, checking, language, selected, setSelected }: Props) {
  const { t } = useWords();
  const [side, setSide] = useState<"preview" | "flow" | "problems">("preview");
  const errors = problems.filter((one) => one.severity === "error").length;
  return (
    <aside className="editor-side" aria-busy={checking}>
      <Segmented
        block
        value={side}
        onChange={setSide}
        options={[
          { value: "preview", label: t("sop.preview") },
          { value: "flow", label: t("sop.flow") },
          {
            value: "problems",
            label: (
              <Badge count={errors} size="small" offset={[8, 0]}>
                {t("sop.problems")}
              </Badge>
            ),
          },
        ]}
      />
      {side === "preview" &&
        (content.steps.length > 0 ? (
          <StepCard content={content} index={Math.max(0, selected)} language={language} />
        ) : (
          <p className="quiet">{t("sop.noSteps")}</p>
        ))}
      {side === "flow" && (
        <div className="flow-frame">
          <FlowPicture steps={content.steps} language={language} selected={selected} onSelect={setSelected} />
          <p className="flow-legend quiet">{t("sop.flowLegend")}</p>
        </div>
      )}
      {side === "problems" && <ProblemList problems={problems} content={content} onSelect={setSelected} />}
    </aside>
  );
}
