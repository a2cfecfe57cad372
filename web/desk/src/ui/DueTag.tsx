import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  PauseCircleOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import { Tooltip } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import { dueState, timeLeft } from "./due";
import type { Due, DueState } from "./due";
import { utcText } from "./WhenText";
import { useNow } from "./useNow";
import "../styles/due.css";

const ICONS: Record<DueState, React.ReactNode> = {
  running: <ClockCircleOutlined />,
  warning: <WarningOutlined />,
  breached: <ExclamationCircleFilled />,
  paused: <PauseCircleOutlined />,
  met: <CheckCircleOutlined />,
};

/** Where a promise stands: sign, word and time left, never colour alone; ticks each half minute. */
export function DueTag({ due, kind = true }: { due: Due | null | undefined; kind?: boolean }) {
  const { t, f } = useWords();
  const now = useNow(30_000);
  if (!due) return null;
  const state = dueState(due, now);
  const left = timeLeft(due, now);
  const counting = left !== null && state !== "paused" && state !== "met";
  const span = counting ? f.waited(new Date(now - Math.abs(left)).toISOString(), now) : "";
  const text = counting
    ? t(left < 0 ? "due.over" : "due.left", { time: span })
    : t.label("dueState", state);
  const name = t.label("dueKind", due.kind);
  const when = due.due_at ? `${f.dateTime(due.due_at)} · ${utcText(due.due_at)}` : "";
  return (
    <Tooltip title={[name, t.label("dueState", state), when].filter(Boolean).join(" · ")}>
      <span className="due" data-due={state} tabIndex={0}>
        {ICONS[state]}
        {kind && <span className="due-kind">{name}</span>}
        <span>{text}</span>
      </span>
    </Tooltip>
  );
}
