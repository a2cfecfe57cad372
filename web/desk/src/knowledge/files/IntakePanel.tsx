import { ReloadOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Progress } from "antd";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { intake, retryIntake } from "../../api/knowledgeIntake";
import type { IntakeDetail, IntakeFile } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { ErrorState } from "../../ui/ErrorState";
import { LinesSkeleton } from "../../ui/Skeletons";
import { useFailure } from "../../ui/useFailureText";
import { articlePath } from "../terms";
import { byUrgency, countsOf, isOpen, progressOf } from "./intakes";

const POLL_MS = 1_000;
const MOST_SHOWN = 200;

/** One intake: how far it is, and what became of each file. */
export function IntakePanel({ id }: { id: string }) {
  const client = useQueryClient();
  const found = useQuery({
    queryKey: ["knowledge", "intake", id],
    queryFn: () => intake(id),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? POLL_MS : false),
  });
  const state = found.data?.state;
  useEffect(() => {
    // The library has changed once the files are read.
    if (state === "done") void client.invalidateQueries({ queryKey: ["knowledge", "list"] });
  }, [state, client]);
  if (found.isPending) return <LinesSkeleton />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  return <Shown intake={found.data} />;
}

function Shown({ intake: one }: { intake: IntakeDetail }) {
  const { t, f } = useWords();
  const [only, setOnly] = useState<string | null>(null);
  const files = byUrgency(one.files).filter((file) => only === null || file.state === only);
  const open = isOpen(one);
  return (
    <section className="intake" aria-label={t("files.intake")}>
      <header>
        <strong>{t("files.by", { name: one.by, time: f.dateTime(one.at) })}</strong>
        <Retry intake={one} />
      </header>
      {open && (
        <Progress percent={progressOf(one)} status="active" aria-label={t("files.progress")} />
      )}
      {one.state === "failed" && <p className="banner banner-bad">{one.error || t("files.failed")}</p>}
      <div className="chips" role="group" aria-label={t("list.filters")}>
        {countsOf(one.files).map(({ state, count }) => (
          <button
            key={state}
            type="button"
            className="chip"
            data-file={state}
            aria-pressed={only === state}
            onClick={() => setOnly(only === state ? null : state)}
          >
            {t.label("fileState", state)} {f.number(count)}
          </button>
        ))}
      </div>
      <ul className="file-list">
        {files.slice(0, MOST_SHOWN).map((file) => (
          <FileLine key={file.path} file={file} />
        ))}
      </ul>
      {files.length > MOST_SHOWN && (
        <p className="quiet">{t("files.moreFiles", { count: files.length - MOST_SHOWN })}</p>
      )}
    </section>
  );
}

function Retry({ intake: one }: { intake: IntakeDetail }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { fail } = useFailure();
  const mayWrite = useMay("knowledge:write");
  const again = useMutation({
    mutationFn: () => retryIntake(one.id),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["knowledge", "intake", one.id] }),
        client.invalidateQueries({ queryKey: ["knowledge", "intakes"] }),
      ]),
    onError: fail,
  });
  const stuck = one.files.filter((file) => file.state === "quarantined").length;
  if (!mayWrite || stuck === 0 || isOpen(one)) return null;
  return (
    <Button icon={<ReloadOutlined />} loading={again.isPending} onClick={() => again.mutate()}>
      {t("files.retry", { count: stuck })}
    </Button>
  );
}

function FileLine({ file }: { file: IntakeFile }) {
  const { t } = useWords();
  const { article_id: id, state, path } = file;
  const size = [
    file.pages > 0 && t("files.pages", { count: file.pages }),
    file.passages > 0 && t("files.passages", { count: file.passages }),
  ].filter(Boolean);
  return (
    <li className="file-line" data-file={state}>
      <span className="tag" data-file={state}>
        {t.label("fileState", state)}
      </span>
      <span className="file-name">
        {id ? <Link to={articlePath(id)}>{path}</Link> : <span>{path}</span>}
        {file.reason && <span className="file-reason">{file.reason}</span>}
        {file.warnings.map((text) => (
          <span key={text} className="file-warning">
            {text}
          </span>
        ))}
      </span>
      <span className="quiet nowrap">{size.join(" · ")}</span>
      {(state === "changed" || state === "held") && id && (
        <Link className="nowrap" to={articlePath(id, "versions")}>
          {t("files.seeDifference")}
        </Link>
      )}
    </li>
  );
}
