import { Tooltip } from "antd";
import { useWords } from "../i18n/LanguageProvider";

interface Props {
  at: string | null | undefined;
  /** "5 minutes ago" in place of the date. */
  relative?: boolean;
}

/** An instant in the reader's zone, with UTC in the tooltip, as records are kept in it; or a day. */
export function WhenText({ at, relative }: Props) {
  const { f } = useWords();
  if (!at) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(at)) {
    return (
      <time className="nowrap" dateTime={at}>
        {f.date(at)}
      </time>
    );
  }
  const utc = utcText(at);
  return (
    <Tooltip title={relative ? `${f.dateTime(at)} · ${utc}` : utc}>
      <time className="nowrap" dateTime={at}>
        {relative ? f.ago(at) : f.dateTime(at)}
      </time>
    </Tooltip>
  );
}

/** "2026-11-22 08:15 UTC". */
export function utcText(at: string): string {
  const instant = new Date(at);
  return Number.isNaN(instant.getTime())
    ? at
    : `${instant.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
