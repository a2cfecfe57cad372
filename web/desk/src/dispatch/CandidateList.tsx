import { Button, Progress, Tooltip } from "antd";
import { useState } from "react";
import type { Candidate, Candidates } from "../api/dispatch";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { ReasonList, lengthText } from "./reasons";
import { useCandidates } from "./useBoard";

const TERMS = [
  "skill", "level", "certificate", "travel", "load", "due", "parts", "area", "preference", "language",
] as const;

interface Props {
  job: { ticket: string; work_order: string };
  busy: boolean;
  onChoose: (candidate: Candidate, found: Candidates) => void;
}

/** The best engineers for a job, each with what speaks for and against; those who may not below. */
export function CandidateList({ job, busy, onChoose }: Props) {
  const { t, f } = useWords();
  const found = useCandidates(job);
  const [all, setAll] = useState(false);
  if (found.isPending) return <LinesSkeleton lines={6} />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  const { ranked, blocked } = found.data;
  const shown = all ? ranked : ranked.slice(0, 5);
  return (
    <div className="candidates">
      {ranked.length === 0 && <p className="quiet">{t("dispatch.nobody")}</p>}
      <ol>
        {shown.map((one) => (
          <li key={one.engineer} className="candidate">
            <header>
              <strong>{one.name}</strong>
              <Tooltip title={t("dispatch.scoreHint")}>
                <span className="candidate-score figures" tabIndex={0}>{one.score}</span>
              </Tooltip>
            </header>
            <p className="quiet figures">
              {[
                f.dateTime(one.starts_at),
                one.travel_minutes !== null && one.travel_minutes !== undefined
                  ? t("dispatch.wayTime", { minutes: lengthText(one.travel_minutes, f.locale) })
                  : "",
              ].filter(Boolean).join(" · ")}
            </p>
            <ReasonList reasons={[...one.soft, ...one.reasons]} />
            <TermBars candidate={one} />
            <Button type="primary" size="small" loading={busy} onClick={() => onChoose(one, found.data)}>
              {t("dispatch.assign")}
            </Button>
          </li>
        ))}
      </ol>
      {ranked.length > shown.length && (
        <Button type="link" onClick={() => setAll(true)}>
          {t("dispatch.moreCandidates", { count: ranked.length - shown.length })}
        </Button>
      )}
      {blocked.length > 0 && (
        <details>
          <summary>{t("dispatch.blockedCount", { count: blocked.length })}</summary>
          <ul>
            {blocked.map((one) => (
              <li key={one.engineer} className="candidate candidate-blocked">
                <strong>{one.name}</strong>
                <ReasonList reasons={one.blocks} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function TermBars({ candidate }: { candidate: Candidate }) {
  const { t, f } = useWords();
  return (
    <ul className="terms">
      {TERMS.map((name) => (
        <li key={name}>
          <span>{t.label("dispatchTerm", name)}</span>
          <Progress
            percent={candidate.terms[name] * 100}
            size="small"
            showInfo={false}
            aria-label={`${t.label("dispatchTerm", name)} ${f.number(candidate.terms[name] * 100)} %`}
          />
        </li>
      ))}
    </ul>
  );
}
