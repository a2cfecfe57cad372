import type { Delivery, Endpoint } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";

type Tone = "good" | "busy" | "warn" | "bad" | "plain";

const DELIVERY: Record<string, Tone> = { waiting: "busy", delivered: "good", dead: "bad" };
const RUN: Record<string, Tone> = { running: "busy", stopped: "warn", done: "good", failed: "bad" };

/** A state in one word, in the colour of its tone. */
export function StateTag({ tone = "plain", children }: { tone?: Tone; children: React.ReactNode }) {
  return (
    <span className="tag" data-outbound={tone}>
      {children}
    </span>
  );
}

export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useWords();
  if (endpoint.state === "disabled") return <StateTag tone="bad">{t("webhooks.disabled")}</StateTag>;
  if (endpoint.failures > 0) return <StateTag tone="warn">{t("webhooks.failing")}</StateTag>;
  return <StateTag tone="good">{t("webhooks.enabled")}</StateTag>;
}

export function DeliveryState({ state }: { state: Delivery["state"] }) {
  const { t } = useWords();
  return <StateTag tone={DELIVERY[state]}>{t.label("deliveryState", state)}</StateTag>;
}

export function RunState({ state }: { state: string }) {
  const { t } = useWords();
  return <StateTag tone={RUN[state]}>{t.label("runState", state)}</StateTag>;
}

/** What came back: the status, or why nothing did. */
export function AnswerText({ status, error }: { status: number | null; error: string }) {
  const { t } = useWords();
  if (status !== null) {
    const good = status >= 200 && status < 300;
    return <span className={good ? "figures" : "figures answer-bad"}>{status}</span>;
  }
  return <span className={error ? "answer-bad" : "quiet"}>{error ? t.label("sendError", error) : "–"}</span>;
}
