import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "./Icon";
import type { IconName } from "./Icon";
import { useFailureText } from "./useFailureText";

/** Grey shapes of what is coming, and words for those who cannot see them. */
export function Loading({ lines = 3 }: { lines?: number }) {
  const { t } = useWords();
  return (
    <div className="form" role="status">
      <span className="spoken-only">{t("state.loading")}</span>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="card" aria-hidden="true">
          <div className="skeleton skeleton-head" />
          <div className="skeleton skeleton-line" />
        </div>
      ))}
    </div>
  );
}

export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useWords();
  const text = useFailureText();
  return (
    <div className="empty" role="alert">
      <Icon name="warn" />
      <p className="strong">{text(error)}</p>
      <button type="button" className="button" onClick={retry}>
        <Icon name="refresh" small />
        {t("act.retry")}
      </button>
    </div>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  hint?: string;
  children?: ReactNode;
}

/** Nothing there, and what to do next. */
export function Empty({ icon, title, hint, children }: EmptyProps) {
  return (
    <div className="empty">
      <Icon name={icon} />
      <p className="strong">{title}</p>
      {hint && <p className="quiet">{hint}</p>}
      {children}
    </div>
  );
}

interface NoteProps {
  tone?: "plain" | "teal" | "green" | "amber" | "red" | "ai";
  icon?: IconName;
  role?: "alert" | "status" | "note";
  children: ReactNode;
}

const ICON_OF = { plain: "note", teal: "note", green: "check", amber: "warn", red: "stop", ai: "spark" } as const;

export function Note({ tone = "plain", icon, role, children }: NoteProps) {
  return (
    <div className={`note ${tone}`} role={role}>
      <Icon name={icon ?? ICON_OF[tone]} />
      <div>{children}</div>
    </div>
  );
}

export function Tag({ tone = "", children }: { tone?: string; children: ReactNode }) {
  return <span className={`tag ${tone}`}>{children}</span>;
}

export function Spinner() {
  return <span className="spinner" aria-hidden="true" />;
}
