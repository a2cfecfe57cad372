import { PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, Progress, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { ErrorState } from "../ui/ErrorState";
import { RunSteps } from "./RunSteps";
import { attachRun, runsOfVisit, sops, withdrawRun } from "./api";
import type { Run } from "./api";
import { RunTag } from "./bits";
import { inLanguage, isOpen } from "./terms";
import "./sop.css";

interface Props {
  number: string;
  /** Model of the device, to offer what fits it. */
  model?: string;
  /** The visit is still to come or under way. */
  open: boolean;
}

/** The standard work on a visit: how far each procedure is, and who did what when. */
export function RunPanel({ number, model, open }: Props) {
  const { t, language } = useWords();
  const mayRead = useMay("sop:read");
  const mayWork = useMay("work:write");
  const [adding, setAdding] = useState(false);
  const found = useQuery({
    queryKey: ["visits", number, "sop-runs", language],
    queryFn: () => runsOfVisit(number, language),
    enabled: mayRead,
  });
  if (!mayRead) return null;
  const rows = found.data?.items ?? [];
  return (
    <section className="book-part">
      <header>
        <h2>{t("sop.standardWork")}</h2>
        {mayWork && open && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("sop.attach")}
          </Button>
        )}
      </header>
      {found.isError && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data && rows.length === 0 && <p className="quiet">{t("sop.noneAttached")}</p>}
      <ul className="runs">
        {rows.map((one) => (
          <li key={one.id}>
            <RunLine run={one} mayWork={mayWork} />
          </li>
        ))}
      </ul>
      {adding && <AttachDialog number={number} model={model} close={() => setAdding(false)} />}
    </section>
  );
}

function RunLine({ run, mayWork }: { run: Run; mayWork: boolean }) {
  const { t } = useWords();
  const [shown, setShown] = useState(run.state === "begun");
  const [leaving, setLeaving] = useState(false);
  const percent = run.result ? 100 : Math.round((100 * run.passed_count) / Math.max(1, run.steps_count));
  return (
    <article className="run" data-run={run.result || run.state}>
      <header>
        <button type="button" className="run-head" aria-expanded={shown} onClick={() => setShown(!shown)}>
          <strong>{run.title}</strong>
          <span className="quiet figures">
            {run.sop} · {t("sop.versionOf", { number: run.sop_version })}
          </span>
        </button>
        <RunTag run={run} />
        {run.required && <span className="tag" data-sop="published">{t("sop.required")}</span>}
        {run.deviations > 0 && (
          <span className="tag" data-run="remarks">{t("sop.deviationsCount", { count: run.deviations })}</span>
        )}
      </header>
      <div className="run-line">
        <Progress
          percent={percent}
          size="small"
          showInfo={false}
          status={run.result === "failed" ? "exception" : "normal"}
          aria-label={t("sop.stepsOf", { done: run.passed_count, all: run.steps_count })}
        />
        <span className="quiet figures nowrap">{t("sop.stepsOf", { done: run.passed_count, all: run.steps_count })}</span>
      </div>
      {run.next && (
        <p className="run-next">
          {t("sop.nextIs")} <strong>{run.next.number}. {run.next.title}</strong>
        </p>
      )}
      {run.reason && (
        <p className="quiet">
          {run.reason_by}: {run.reason}
        </p>
      )}
      {shown && <RunSteps id={run.id} version={run.version} />}
      {mayWork && isOpen(run) && (
        <Button size="small" type="text" onClick={() => setLeaving(true)}>
          {t("sop.withdraw")}
        </Button>
      )}
      {leaving && <WithdrawDialog run={run} close={() => setLeaving(false)} />}
    </article>
  );
}

function WithdrawDialog({ run, close }: { run: Run; close: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<{ reason: string }, Run>
      title={`${t("sop.withdraw")} · ${run.sop}`}
      hint={t("sop.withdrawHint")}
      submit={t("sop.withdraw")}
      danger
      version={run.version}
      run={({ reason }, how) => withdrawRun(run.id, reason.trim(), how)}
      refresh={[["visits"], ["sop-runs"]]}
      done={() => t("sop.withdrawn")}
      onClose={close}
    >
      <Form.Item
        name="reason"
        label={t("visit.reason")}
        rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
      >
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
      </Form.Item>
    </ActDialog>
  );
}

function AttachDialog({ number, model, close }: { number: string; model?: string; close: () => void }) {
  const { t, language } = useWords();
  const found = useQuery({
    queryKey: ["sops", "to-attach", model],
    queryFn: ({ signal }) => sops({ state: ["published", "changed"], model, limit: 200 }, signal),
  });
  return (
    <ActDialog<{ sop: string; required?: boolean }, Run>
      title={`${t("sop.attach")} · ${number}`}
      submit={t("sop.attach")}
      run={({ sop, required }, { key }) => attachRun(number, { sop, required: !!required }, key)}
      refresh={[["visits"], ["sop-runs"]]}
      done={(one) => t("sop.attached", { title: one.title })}
      onClose={close}
    >
      <Form.Item name="sop" label={t("sop.title")} rules={[{ required: true, message: t("form.needed") }]}>
        <Select
          autoFocus
          showSearch={{ optionFilterProp: "label" }}
          loading={found.isFetching}
          options={(found.data?.items ?? []).map((one) => ({
            value: one.code,
            label: `${inLanguage(one.title, language)} · ${one.code}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="required" valuePropName="checked">
        <Checkbox>{t("sop.ruleHolds")}</Checkbox>
      </Form.Item>
    </ActDialog>
  );
}
