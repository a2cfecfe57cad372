import { ClockCircleOutlined } from "@ant-design/icons";
import { useWords } from "../i18n/LanguageProvider";

const AMBER_AFTER_MS = 2 * 60_000;
const RED_AFTER_MS = 10 * 60_000;

/** How long a customer has waited for a person: green, then amber, then red. */
export function WaitTag({ since, now }: { since: string; now: number }) {
  const { t, f } = useWords();
  const waited = now - new Date(since).getTime();
  const level = waited > RED_AFTER_MS ? "red" : waited > AMBER_AFTER_MS ? "amber" : "green";
  const text = f.waited(since, now);
  return (
    <span className={`wait wait-${level}`} title={t("inbox.waiting", { time: text })}>
      <ClockCircleOutlined aria-hidden /> {text}
    </span>
  );
}
