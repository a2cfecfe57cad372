import { Button, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { WhenText } from "../ui/WhenText";
import { ChangeList } from "./ChangeList";
import { diffSop } from "./api";
import type { SopFile } from "./api";

/** What was published when, and what changed between two of them. */
export function VersionList({ file }: { file: SopFile }) {
  const { t } = useWords();
  const newest = file.published;
  const [pair, setPair] = useState<[number, number]>(
    file.has_draft && newest > 0 ? [newest, 0] : [Math.max(1, newest - 1), newest],
  );
  const named = (number: number) => (number === 0 ? t("sop.theDraft") : t("sop.versionOf", { number }));
  const numbers = file.versions.map((one) => one.number);
  const later = [...(file.has_draft ? [0] : []), ...numbers];
  if (newest === 0) return <p className="quiet">{t("sop.neverPublished")}</p>;
  return (
    <>
      <ul className="versions">
        {file.versions.map((one) => (
          <li key={one.number}>
            <strong>{t("sop.versionOf", { number: one.number })}</strong>
            <span className="quiet">
              {one.by} · <WhenText at={one.published_at} /> · {t("sop.stepsCount", { count: one.steps_count })}
            </span>
            {one.note && <p className="plain">{one.note}</p>}
            {one.number > 1 && (
              <Button size="small" onClick={() => setPair([one.number - 1, one.number])}>
                {t("sop.compareBefore")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="diff-pick">
        <Select
          value={pair[0]}
          aria-label={t("sop.diffFrom")}
          options={numbers.map((value) => ({ value, label: named(value) }))}
          onChange={(from) => setPair([from, pair[1]])}
        />
        <span aria-hidden>→</span>
        <Select
          value={pair[1]}
          aria-label={t("sop.diffUntil")}
          options={later.map((value) => ({ value, label: named(value) }))}
          onChange={(until) => setPair([pair[0], until])}
        />
      </div>
      <DiffView code={file.code} from={pair[0]} until={pair[1]} stamp={file.version} file={file} />
    </>
  );
}

export function DiffView(props: { code: string; from: number; until: number; stamp: number; file: SopFile }) {
  const { code, from, until, stamp, file } = props;
  const { t } = useWords();
  const diff = useQuery({
    queryKey: ["sops", code, "diff", from, until, stamp],
    queryFn: () => diffSop(code, from, until),
    enabled: from !== until,
  });
  if (from === until) return <p className="quiet">{t("sop.sameVersion")}</p>;
  if (diff.isError) return <ErrorState error={diff.error} retry={() => diff.refetch()} />;
  if (!diff.data) return null;
  return <ChangeList changes={diff.data.changes} content={file.draft ?? file.content} old={file.content} />;
}
