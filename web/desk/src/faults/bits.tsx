import { Tooltip } from "antd";
import type { Fault, SlotView, Success } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { LanguageTag } from "../ui/LanguageTag";
import { percent } from "./terms";

/** Where a fault stands. */
export function FaultState({ state }: { state: string }) {
  const { t } = useWords();
  return <span className={`tag fault-state fault-state-${state}`}>{t.label("faultState", state)}</span>;
}

/** A slot in the reader's language; the words it was told in stand below where they are others. */
export function SlotText({ slot, original = false }: { slot: SlotView; original?: boolean }) {
  if (!slot.label) return <span className="quiet">–</span>;
  if (!slot.translated) return <span>{slot.label}</span>;
  if (original) {
    return (
      <span className="slot">
        <span>{slot.label}</span>
        <small className="quiet" lang={slot.lang}>
          {slot.text} <LanguageTag code={slot.lang} />
        </small>
      </span>
    );
  }
  return (
    <Tooltip title={slot.text}>
      <span>{slot.label}</span>
    </Tooltip>
  );
}

/** How often the remedy held: the bar is the rate, the mark the lower bound; counts stand beside. */
export function SuccessBar({ success, wide = false }: { success: Success; wide?: boolean }) {
  const { t, f } = useWords();
  const { attempts, successes, low, rate } = success;
  const said = t("fault.heldOf", { held: successes, of: attempts });
  if (!attempts) return <span className="quiet">{t("fault.noCases")}</span>;
  const full = t("fault.successFull", {
    held: successes, of: attempts, rate: percent(rate, f.number), low: percent(low, f.number),
    unknown: success.unknown, failed: success.failures,
  });
  return (
    <Tooltip title={full}>
      <span className={wide ? "success success-wide" : "success"} role="img" aria-label={full}>
        <span className="success-track">
          <span className="success-rate" style={{ inlineSize: `${(rate ?? 0) * 100}%` }} />
          <span className="success-low" style={{ insetInlineStart: `${(low ?? 0) * 100}%` }} />
        </span>
        <span className="figures nowrap">{said}</span>
      </span>
    </Tooltip>
  );
}

/** Models a fault is known on; none means every one. */
export function ModelRange({ fault }: { fault: Pick<Fault, "models"> }) {
  const { t } = useWords();
  if (fault.models.length === 0) return <span className="quiet">{t("fault.everyModel")}</span>;
  return (
    <span className="tag-row">
      {fault.models.map((model) => (
        <span key={model} className="tag">
          {model}
        </span>
      ))}
    </span>
  );
}

/** Whether a person said it or the house drew it up. */
export function OriginTag({ origin }: { origin: string }) {
  const { t } = useWords();
  return <span className={origin === "proposed" ? "tag tag-ai" : "tag"}>{t.label("faultOrigin", origin)}</span>;
}
