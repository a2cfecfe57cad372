import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Drawer, Form, InputNumber, Progress, Radio, Table } from "antd";
import { useState } from "react";
import { acceptPlan, discardPlan, draftPlan, plan, plans } from "../api/dispatch";
import type { DayPlan, PlanLine } from "../api/dispatch";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { useNarrow } from "../ui/useNarrow";
import { ReasonList, useReasonText } from "./reasons";
import { dayText } from "./useBoard";

interface Props {
  /** A plan's id, or "new". */
  id: string;
  first: Date;
  onShow: (id: string | null) => void;
  onChanged: () => Promise<unknown>;
}

const COMPUTING = new Set(["queued", "computing", "running"]);

/** A day plan: asked for, looked at as changes, accepted whole or in part. */
export function PlanDrawer({ id, first, onShow, onChanged }: Props) {
  const { t, f } = useWords();
  const narrow = useNarrow(900);
  return (
    <Drawer
      open
      size={narrow ? "100%" : 860}
      title={t("dispatch.planTitle", { day: f.date(dayText(first)) })}
      onClose={() => onShow(null)}
    >
      {id === "new" ? (
        <AskPlan first={first} onShow={onShow} />
      ) : (
        <ShowPlan key={id} id={id} onShow={onShow} onChanged={onChanged} />
      )}
    </Drawer>
  );
}

function AskPlan({ first, onShow }: { first: Date; onShow: (id: string) => void }) {
  const { t, f } = useWords();
  const earlier = useQuery({ queryKey: ["dispatch", "plans"], queryFn: ({ signal }) => plans(signal) });
  const ask = useCommand<{ seconds: number; keep: boolean }, DayPlan>({
    run: ({ seconds, keep }, { key }) => draftPlan({ date: dayText(first), seconds, keep }, key),
    refresh: [["dispatch", "plans"]],
    onDone: (made) => onShow(made.id),
  });
  return (
    <>
      <p className="quiet">{t("dispatch.planHint")}</p>
      <Form layout="vertical" initialValues={{ seconds: 5, keep: true }} onFinish={ask.submit}>
        <Form.Item name="keep" label={t("dispatch.planHow")}>
          <Radio.Group
            options={[
              { value: true, label: t("dispatch.planKeep") },
              { value: false, label: t("dispatch.planAnew") },
            ]}
          />
        </Form.Item>
        <Form.Item name="seconds" label={t("dispatch.planSeconds")}>
          <InputNumber min={1} max={60} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={ask.busy}>
          {t("dispatch.compute")}
        </Button>
      </Form>
      {(earlier.data?.items.length ?? 0) > 0 && (
        <>
          <h3 className="plan-earlier">{t("dispatch.earlierPlans")}</h3>
          <ul className="plan-list">
            {earlier.data?.items.slice(0, 12).map((one) => (
              <li key={one.id}>
                <Button type="link" onClick={() => onShow(one.id)}>
                  {f.dateTime(one.created_at)}
                </Button>
                <span className="tag">{t.label("planState", one.state)}</span>
                <span className="quiet">{[one.cause, one.made_by].filter(Boolean).join(" · ")}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function ShowPlan({ id, onShow, onChanged }: Omit<Props, "first">) {
  const { t } = useWords();
  const client = useQueryClient();
  const found = useQuery({
    queryKey: ["dispatch", "plan", id],
    queryFn: ({ signal }) => plan(id, signal),
    refetchInterval: (query) => (COMPUTING.has(query.state.data?.state ?? "") ? 700 : false),
  });
  const refreshed = (next: DayPlan) => client.setQueryData(["dispatch", "plan", id], next);
  const accept = useCommand<string[], { accepted: number; refused: number; plan: DayPlan }>({
    run: (lines, { key, version }) => acceptPlan(id, lines, version ?? 0, key),
    version: found.data?.version,
    refresh: [["dispatch"], ["visits"], ["tickets"]],
    done: ({ accepted, refused }) => t("dispatch.accepted", { accepted, refused }),
    onDone: ({ plan: next }) => {
      refreshed(next);
      void onChanged();
    },
  });
  const discard = useCommand<void, DayPlan>({
    run: (_, { key }) => discardPlan(id, key),
    refresh: [["dispatch", "plans"]],
    done: () => t("dispatch.discarded"),
    onDone: () => onShow(null),
  });
  if (found.isPending) return <LinesSkeleton lines={8} />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  const shown = found.data;
  if (COMPUTING.has(shown.state)) {
    return (
      <>
        <p>{t("dispatch.computing")}</p>
        <Progress percent={shown.progress} />
        <Button loading={discard.busy} onClick={() => discard.submit()}>{t("act.cancel")}</Button>
      </>
    );
  }
  return (
    <PlanChanges
      shown={shown}
      busy={accept.busy}
      onAccept={accept.submit}
      onDiscard={() => discard.submit()}
      onAgain={() => onShow("new")}
    />
  );
}

function PlanChanges(props: {
  shown: DayPlan;
  busy: boolean;
  onAccept: (lines: string[]) => void;
  onDiscard: () => void;
  onAgain: () => void;
}) {
  const { shown } = props;
  const { t, f } = useWords();
  const text = useReasonText();
  const [kept, setKept] = useState(false);
  const changes = shown.lines.filter((one) => kept || one.kind !== "keep");
  const open = changes.filter((one) => one.state === "open" && one.kind !== "keep").map((one) => one.id);
  const [chosen, setChosen] = useState<string[]>(open);
  const acting = shown.state === "ready";
  return (
    <>
      {shown.error && <Alert type="error" title={shown.error} />}
      {shown.state !== "ready" && <Alert type="info" title={t.label("planState", shown.state)} />}
      <ReasonList reasons={shown.warnings} />
      <Costs shown={shown} />
      <Table<PlanLine>
        size="small"
        rowKey="id"
        dataSource={changes}
        pagination={false}
        scroll={{ x: 640 }}
        locale={{ emptyText: t("dispatch.noChanges") }}
        rowSelection={
          acting
            ? {
                selectedRowKeys: chosen,
                onChange: (keys) => setChosen(keys.map(String)),
                getCheckboxProps: (one) => ({ disabled: one.state !== "open" || one.kind === "keep" }),
              }
            : undefined
        }
        columns={[
          { title: t("dispatch.change"), render: (_, one) => t.label("planLine", one.kind) },
          { title: t("dispatch.job"), render: (_, one) => one.work_order || one.ticket },
          {
            title: t("ticket.engineer"),
            render: (_, one) => (one.engineer_before && one.engineer_before !== one.engineer ? `${one.engineer_before} → ${one.engineer || "–"}` : one.engineer),
          },
          {
            title: t("visit.window"),
            render: (_, one) =>
              [one.starts_before && one.starts_before !== one.starts_at ? f.dateTime(one.starts_before) : "", one.starts_at ? f.dateTime(one.starts_at) : "–"].filter(Boolean).join(" → "),
          },
          {
            title: t("dispatch.why"),
            render: (_, one) => (
              <>
                {one.state !== "open" && <span className="tag">{t.label("lineState", one.state)}</span>}
                <ReasonList reasons={one.reasons} />
              </>
            ),
          },
        ]}
      />
      {shown.unserved.length > 0 && (
        <section className="plan-unserved">
          <h3>{t("dispatch.unserved", { count: shown.unserved.length })}</h3>
          <ul>
            {shown.unserved.map((one) => (
              <li key={one.work_order || one.ticket}>
                <span className="figures">{one.work_order || one.ticket}</span>
                <span className="tag" data-priority={one.priority}>{t.label("priority", one.priority)}</span>
                <span>{text(one.reason)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <footer className="plan-acts">
        <Checkbox checked={kept} onChange={(event) => setKept(event.target.checked)}>
          {t("dispatch.showKept")}
        </Checkbox>
        {acting ? (
          <>
            <Button danger onClick={props.onDiscard}>{t("dispatch.discard")}</Button>
            <Button type="primary" loading={props.busy} disabled={chosen.length === 0} onClick={() => props.onAccept(chosen)}>
              {t("dispatch.accept", { count: chosen.length })}
            </Button>
          </>
        ) : (
          <Button onClick={props.onAgain}>{t("dispatch.planAgain")}</Button>
        )}
      </footer>
    </>
  );
}

const FIGURES = ["travel_minutes", "late_minutes", "unserved_jobs", "total"] as const;

function Costs({ shown }: { shown: DayPlan }) {
  const { t, f } = useWords();
  const { before, after } = shown;
  if (!after) return null;
  return (
    <dl className="plan-costs">
      {FIGURES.map((name) => (
        <div key={name}>
          <dt>{t.label("planCost", name)}</dt>
          <dd className="figures">
            {before && <s className="quiet">{f.number(before[name])}</s>} {f.number(after[name])}
          </dd>
        </div>
      ))}
    </dl>
  );
}
