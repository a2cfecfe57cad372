import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { findingsOfTicket } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { OriginTag } from "./bits";
import { pathOf, titleOf } from "./terms";
import "../styles/faults.css";

/** What a ticket turned out to be, and of which fault it is evidence. */
export function FindingsBox({ number }: { number: string }) {
  const { t, language } = useWords();
  const found = useQuery({
    queryKey: ["faults", "of", number, language],
    queryFn: () => findingsOfTicket(number, language),
  });
  const live = (found.data ?? []).filter((one) => one.outcome !== "void");
  if (live.length === 0) return null;
  return (
    <Section title={t("fault.found")}>
      <ul className="plain-list">
        {live.map((one) => (
          <li key={one.id}>
            <Link to={pathOf(one.fault)}>{titleOf({ ...one, number: one.fault })}</Link>
            <small className="quiet block">
              {[one.cause.label, one.remedy.label].filter(Boolean).join(" → ")}
            </small>
            <span className="tag-row">
              <OriginTag origin={one.origin} />
              <span className="tag">{t.label("outcome", one.outcome)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
