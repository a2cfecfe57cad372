import { Link } from "react-router";
import type { VisitFile } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import type { IconName } from "../ui/Icon";
import { useFindings } from "../api/faults";

interface Line {
  to: string;
  icon: IconName;
  label: string;
  told: string;
  done: boolean;
  warn?: boolean;
}

/** What is written down on a visit, each kind on a page of its own. */
export function WorkList({ file, state }: { file: VisitFile; state: string }) {
  const { t, f } = useWords();
  const findings = useFindings(file.number);
  const minutes = file.labour.reduce((sum, one) => sum + one.minutes, 0);
  const bad = file.readings.filter((one) => one.ok === false).length;
  const found = findings.data?.filter((one) => !one.superseded_by).length ?? 0;
  const lines: Line[] = [
    { to: "photos", icon: "camera", label: t("work.photos"), told: count(file.photos.length), done: file.photos.length > 0 },
    { to: "parts", icon: "part", label: t("work.parts"), told: count(file.parts.length), done: file.parts.length > 0 },
    {
      to: "readings", icon: "gauge", label: t("work.readings"), done: file.readings.length > 0, warn: bad > 0,
      told: bad ? t("work.outOfRange", { count: bad }) : count(file.readings.length),
    },
    { to: "time", icon: "clock", label: t("work.time"), told: minutes ? f.minutes(minutes) : "", done: minutes > 0 },
    { to: "findings", icon: "search", label: t("work.findings"), told: count(found), done: found > 0 },
    { to: "report", icon: "note", label: t("work.report"), told: "", done: !!file.report.trim() },
    { to: "sign", icon: "pen", label: t("work.sign"), told: file.signature?.name ?? "", done: file.signed },
  ];
  return (
    <nav className="card work" aria-label={t("work.title")}>
      <h2>{t(state === "done" ? "work.afterwards" : "work.title")}</h2>
      <ul className="tiles">
        {lines.map((one) => (
          <li key={one.to}>
            <Link to={one.to} relative="path" className={one.warn ? "tile warn" : one.done ? "tile done" : "tile"}>
              <Icon name={one.icon} />
              <span>{one.label}</span>
              <small className="figures">
                {one.done && !one.told ? <Icon name="check" small /> : one.told}
                {one.done && <span className="spoken-only"> {t("work.done")}</span>}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const count = (number: number): string => (number ? String(number) : "");
