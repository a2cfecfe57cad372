import { CameraOutlined, ClockCircleOutlined, ToolOutlined, WarningFilled } from "@ant-design/icons";
import { Button, Checkbox, Input } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import type { Content, Step } from "./api";
import { useRoleText } from "./bits";
import { onward } from "./flow";
import { inLanguage } from "./terms";

interface Props {
  content: Content;
  index: number;
  language: string;
}

/** A step as the engineer sees it on the phone; nothing in it acts. */
export function StepCard({ content, index, language }: Props) {
  const { t } = useWords();
  const roleText = useRoleText();
  const step = content.steps[index];
  if (!step) return null;
  const say = (texts: Record<string, string>) => inLanguage(texts, language);
  const lacks = !!step.title && !step.title[language]?.trim() && !!say(step.title);
  return (
    <article className="phone" data-hazard={step.hazard} aria-label={t("sop.preview")}>
      <header>
        <span className="quiet">{t("sop.stepOf", { number: index + 1, all: content.steps.length })}</span>
        {step.minutes > 0 && (
          <span className="quiet">
            <ClockCircleOutlined aria-hidden /> {t("sop.minutesCount", { count: step.minutes })}
          </span>
        )}
      </header>
      <h3>{say(step.title) || t("sop.untitled")}</h3>
      {lacks && <p className="phone-fallback">{t("sop.fallback")}</p>}
      {step.hazard !== "none" && (
        <div className="phone-hazard">
          <strong>
            <WarningFilled aria-hidden /> {t.label("sopHazard", step.hazard)}
          </strong>
          <p>{say(step.safety)}</p>
          <Checkbox>{t("sop.confirmHazard")}</Checkbox>
        </div>
      )}
      {step.role !== "anyone" && <p className="phone-role">{roleText(step.role)}</p>}
      {say(step.text) && <p className="plain">{say(step.text)}</p>}
      {(step.tools.length > 0 || step.parts.length > 0) && (
        <p className="quiet">
          <ToolOutlined aria-hidden />{" "}
          {[...step.parts.map((one) => `${one.part} × ${one.quantity}`), ...step.tools].join(" · ")}
        </p>
      )}
      <Ask step={step} say={say} />
      <footer>
        <Answers step={step} />
      </footer>
      <Leads content={content} index={index} say={say} />
    </article>
  );
}

type Say = (texts: Record<string, string>) => string;

function Ask({ step, say }: { step: Step; say: Say }) {
  const { t } = useWords();
  const bound = (value: number | null | undefined) => (value ?? "…");
  return (
    <>
      {step.kind === "reading" && (
        <div className="phone-reading">
          <Input inputMode="decimal" suffix={step.reading?.unit || "?"} aria-label={say(step.title)} />
          <span className="quiet figures">
            {(step.reading?.low ?? null) === null && (step.reading?.high ?? null) === null
              ? t("sop.noLimits")
              : `${bound(step.reading?.low)} – ${bound(step.reading?.high)} ${step.reading?.unit ?? ""}`}
          </span>
        </div>
      )}
      {step.kind === "choice" && (
        <div className="phone-options">
          {step.options.map((one) => (
            <Button key={one.id} block>
              {say(one.label) || one.id}
            </Button>
          ))}
        </div>
      )}
      {step.photos_min > 0 && (
        <Button block icon={<CameraOutlined />}>
          {t("sop.photosNeeded", { count: step.photos_min })}
        </Button>
      )}
      {step.kind === "signature" && <div className="phone-sign">{t("sop.signHere")}</div>}
    </>
  );
}

function Answers({ step }: { step: Step }) {
  const { t } = useWords();
  if (step.kind === "choice") return null;
  if (step.kind === "check") {
    return (
      <>
        <Button>{t.label("sopOutcome", "failed")}</Button>
        <Button type="primary">{t.label("sopOutcome", "passed")}</Button>
      </>
    );
  }
  return (
    <Button type="primary" block>
      {t.label("sopOutcome", "done")}
    </Button>
  );
}

/** Where the step leads, in a line below the phone. */
function Leads({ content, index, say }: { content: Content; index: number; say: Say }) {
  const { t } = useWords();
  const step = content.steps[index];
  if (!step) return null;
  const name = (target: string) => {
    if (target === "end" || target === "stop") return t.label("sopTarget", target);
    const place = content.steps.findIndex((one) => one.id === target);
    return place < 0 ? target : `${place + 1}. ${say(content.steps[place]?.title ?? {})}`;
  };
  return (
    <p className="phone-leads quiet">
      {step.kind === "choice"
        ? step.options.map((one) => (
            <span key={one.id}>
              {say(one.label) || one.id} → {name(one.goto || onward(content.steps, index))}
            </span>
          ))
        : <span>{t("sop.thenLeads", { step: name(onward(content.steps, index)) })}</span>}
      {step.kind !== "choice" && (
        <span className="phone-fails">
          {t("sop.failLeads", {
            step:
              step.on_fail === "goto" && step.goto
                ? name(step.goto)
                : step.on_fail === "continue"
                  ? name(onward(content.steps, index))
                  : name("stop"),
          })}
        </span>
      )}
    </p>
  );
}
