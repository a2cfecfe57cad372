import { Link } from "react-router";
import { useWords } from "../../i18n/LanguageProvider";
import { Facts, Section } from "../../ui/Facts";
import type { Fact } from "../../ui/Facts";
import { Spark } from "../../ui/Spark";

const TEXTS = ["model", "fault", "question", "phone", "email", "error_codes", "tried"] as const;

const written = (value: unknown): string => {
  if (Array.isArray(value)) return value.filter((one) => typeof one === "string").join(", ");
  return typeof value === "string" ? value : "";
};

/** What the bot has understood so far, so that nobody asks again. */
export function MemoryCard({ memory }: { memory: Record<string, unknown> }) {
  const { t } = useWords();
  const asset = written(memory.asset);
  const ticket = written(memory.last_ticket);
  const all: (Fact | false | null | "")[] = [
    asset && {
      label: t("memory.asset"),
      value: <Link to={`/devices/${encodeURIComponent(asset)}`}>{asset}</Link>,
    },
    ...TEXTS.map((name) => ({
      label: t(`memory.${name}`),
      value: written(memory[name]),
      wide: name === "fault" || name === "question" || name === "tried",
    })),
    ticket && {
      label: t("memory.last_ticket"),
      value: <Link to={`/tickets/${encodeURIComponent(ticket)}`}>{ticket}</Link>,
    },
    typeof memory.unsolved === "number" &&
      memory.unsolved > 0 && { label: t("memory.unsolved"), value: String(memory.unsolved) },
    guideOf(memory.guide, (document, step) => ({
      label: t("memory.guide"),
      value: t("memory.atStep", { document, step }),
    })),
  ];
  const facts = all.filter((one): one is Fact => !!one && one.value !== "");
  if (facts.length === 0) return null;
  return (
    <Section
      title={
        <span className="ai-title">
          <Spark /> {t("memory.title")}
        </span>
      }
    >
      <Facts facts={facts} />
    </Section>
  );
}

function guideOf<T>(guide: unknown, show: (document: string, step: number) => T): T | null {
  if (typeof guide !== "object" || guide === null) return null;
  const { document, step } = guide as { document?: unknown; step?: unknown };
  return typeof document === "string" && typeof step === "number" ? show(document, step) : null;
}
