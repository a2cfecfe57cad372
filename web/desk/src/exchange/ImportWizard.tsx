import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Progress, Steps } from "antd";
import { useEffect, useState } from "react";
import { applyImport, checkFiles, importRun } from "../api/exchange";
import type { ImportOptions, ImportRun } from "../api/exchange";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { ErrorState } from "../ui/ErrorState";
import { useCommand } from "../ui/useCommand";
import { useStored } from "../ui/useStored";
import { ImportFiles } from "./ImportFiles";
import { ReportView } from "./ReportView";
import { WIZARD_STEPS, stepOf } from "./wizard";

const POLL_MS = 900;

/** Files in: drop them, see what a dry run finds, load what is sound, see what became of it. */
export function ImportWizard() {
  const { t } = useWords();
  const client = useQueryClient();
  // A reload, or another page in between, does not lose the run.
  const [id, setId] = useStored<string>("import.run", "");
  const [failed, setFailed] = useState<File[]>([]);
  const run = useQuery({
    queryKey: ["imports", id],
    queryFn: () => importRun(id),
    enabled: id !== "",
    refetchInterval: ({ state }) => (isMoving(state.data?.state) ? POLL_MS : false),
  });
  const follow = (started: ImportRun) => {
    setId(started.id);
    void client.invalidateQueries({ queryKey: ["imports"] });
  };
  const check = useCommand({
    run: ({ files, options }: { files: File[]; options: ImportOptions }, { key }) =>
      checkFiles(files, options, key),
    onDone: follow,
  });
  const apply = useCommand({ run: (dry: string, { key }) => applyImport(dry, key), onDone: follow });
  const shown = id ? run.data : undefined;
  const state = shown?.state;
  const loaded = shown && !shown.dry_run && state === "done" ? shown.id : "";
  useEffect(() => {
    // Everything on other pages may be different now.
    if (loaded) void client.invalidateQueries();
  }, [loaded, client]);
  const again = () => {
    setId("");
    setFailed([]);
  };
  return (
    <Section title={t("exchange.importTitle")}>
      <Steps
        size="small"
        responsive={false}
        className="wizard-steps"
        current={stepOf(shown)}
        items={WIZARD_STEPS.map((step) => ({ title: t.label("wizard", step) }))}
      />
      {!id && (
        <ImportFiles
          busy={check.busy}
          kept={failed}
          onCheck={(files, options) => {
            setFailed(files);
            check.submit({ files, options });
          }}
        />
      )}
      {id && run.isError && <ErrorState error={run.error} retry={again} />}
      {shown && isMoving(state) && <Running run={shown} />}
      {shown && state === "failed" && (
        <Alert type="error" showIcon title={t("exchange.failed")} description={shown.error} />
      )}
      {shown?.report && state === "done" && <ReportView run={shown} report={shown.report} />}
      {shown && !isMoving(state) && (
        <div className="form-acts">
          <Button onClick={again}>{t(shown.dry_run ? "exchange.otherFiles" : "exchange.next")}</Button>
          {shown.dry_run && state === "done" && (
            <Button
              type="primary"
              loading={apply.busy}
              disabled={shown.counts.created + shown.counts.updated === 0}
              onClick={() => apply.submit(shown.id)}
            >
              {t("exchange.apply", { count: shown.counts.created + shown.counts.updated })}
            </Button>
          )}
        </div>
      )}
    </Section>
  );
}

const isMoving = (state: string | undefined): boolean => state === "queued" || state === "running";

function Running({ run }: { run: ImportRun }) {
  const { t, f } = useWords();
  const percent = run.rows_total ? Math.floor((run.rows_done / run.rows_total) * 100) : 0;
  return (
    <div className="wizard-running" aria-live="polite">
      <p>{t(run.dry_run ? "exchange.checking" : "exchange.loading")}</p>
      <Progress percent={percent} status="active" />
      <p className="quiet">
        {t("exchange.rowsOf", { done: f.number(run.rows_done), count: f.number(run.rows_total) })}
      </p>
    </div>
  );
}
