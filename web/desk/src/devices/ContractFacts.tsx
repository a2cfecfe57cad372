import type { Contract } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { Facts } from "../ui/Facts";

/** Whether an agreement runs on a day; an open start or end does not limit it. */
export function runs(contract: Contract, today: Date): boolean {
  const day = today.toISOString().slice(0, 10);
  return (
    (!contract.starts_on || contract.starts_on <= day) &&
    (!contract.ends_on || day <= contract.ends_on)
  );
}

/** A service agreement: plan, time, promises, what it covers. */
export function ContractFacts({ contract }: { contract: Contract }) {
  const { t, f } = useWords();
  const running = runs(contract, new Date());
  const covers = contract.covers
    .split(";")
    .map((one) => one.trim())
    .filter(Boolean);
  return (
    <Facts
      facts={[
        { label: t("contract.number"), value: <span className="figures">{contract.number}</span> },
        { label: t("contract.plan"), value: contract.plan },
        {
          label: t("contract.state"),
          value: (
            <span className={running ? "warranty warranty-active" : "warranty warranty-over"}>
              {running ? t("contract.running") : t("contract.notRunning")}
            </span>
          ),
        },
        {
          label: t("contract.time"),
          value: `${f.date(contract.starts_on) || "…"} – ${f.date(contract.ends_on) || "…"}`,
        },
        contract.response_hours !== null && {
          label: t("contract.response"),
          value: t("contract.hours", { count: contract.response_hours }),
        },
        contract.onsite_hours !== null && {
          label: t("contract.onsite"),
          value: t("contract.hours", { count: contract.onsite_hours }),
        },
        covers.length > 0 && {
          label: t("contract.covers"),
          value: covers.map((one) => coverText(one, t.label)).join(" · "),
          wide: true,
        },
      ]}
    />
  );
}

/** One entitlement: its name, and how many times a year where a number stands behind a colon. */
function coverText(cover: string, label: (group: string, code: string) => string): string {
  const [name = "", times] = cover.split(":");
  return times ? `${label("cover", name)} × ${times}` : label("cover", name);
}
