import { PhoneOutlined } from "@ant-design/icons";
import { Button, Form, Input, Radio, Select } from "antd";
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { callbacks, changeCallback, finishCallback, postponeCallback } from "../api/feedback";
import type { Callback } from "../api/feedback";
import { users } from "../api/team";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { LanguageTag } from "../ui/LanguageTag";
import { ListPage } from "../ui/ListPage";
import { WhenText } from "../ui/WhenText";
import type { ListFilter, Preset, ServerColumn } from "../ui/listShape";
import { FeedbackTabs } from "./FeedbackTabs";
import { Csat, Nps } from "./bits";
import "../styles/feedback.css";

const OUTCOMES = ["settled", "reached", "not_reached", "wants_visit", "wants_nothing"] as const;
type Act = "done" | "postpone" | "give";

/** Customers somebody owes a call, the first due first. */
export default function CallbacksPage() {
  const { t } = useWords();
  const may = useMay("feedback:write");
  const [open, setOpen] = useState<{ act: Act; task: Callback }>();
  const begin = (act: Act) => (task: Callback) => setOpen({ act, task });
  const filters: ListFilter[] = [
    {
      kind: "many",
      name: "state",
      label: t("callback.state"),
      main: true,
      options: ["open", "done"].map((value) => ({ value, label: t.label("callbackState", value) })),
    },
    { kind: "flag", name: "mine", label: t("callback.mine"), main: true },
    { kind: "flag", name: "overdue", label: t("callback.overdue"), main: true },
  ];
  const presets: Preset[] = [
    { key: "open", label: t("callbackState.open"), query: { filters: { state: ["open"] } } },
    { key: "mine", label: t("callback.mine"), query: { filters: { state: ["open"], mine: ["true"] } } },
    { key: "done", label: t("callbackState.done"), query: { filters: { state: ["done"] } } },
  ];
  const acts = (one: Callback) =>
    may &&
    one.state === "open" && (
      <span className="callback-acts">
        <Button size="small" type="primary" onClick={() => begin("done")(one)}>
          {t("callback.done")}
        </Button>
        <Button size="small" onClick={() => begin("postpone")(one)}>
          {t("callback.postpone")}
        </Button>
        <Button size="small" type="text" onClick={() => begin("give")(one)}>
          {t("callback.give")}
        </Button>
      </span>
    );
  const columns: ServerColumn<Callback>[] = [
    { key: "due", title: t("callback.due"), width: 150, render: (one) => <Due task={one} /> },
    { key: "who", title: t("feedback.who"), width: 220, render: (one) => <Who task={one} /> },
    {
      key: "why",
      title: t("callback.why"),
      render: (one) => (
        <span className="said">
          <span className="row-card-facts">
            <Csat score={one.csat} />
            <Nps score={one.nps} />
          </span>
          <span className="plain">{one.comment || one.reason}</span>
        </span>
      ),
    },
    {
      key: "ticket",
      title: t("feedback.ticket"),
      width: 190,
      render: (one) => (
        <span className="two-lines">
          <Link to={`/tickets/${encodeURIComponent(one.ticket)}`} className="figures">
            {one.ticket}
          </Link>
          <small className="quiet">{one.ticket_title}</small>
        </span>
      ),
    },
    { key: "owner", title: t("callback.owner"), width: 120, render: (one) => one.owner_name || t("callback.nobody") },
    {
      key: "acts",
      title: t("callback.outcome"),
      width: 230,
      render: (one) =>
        one.state === "open" ? (
          acts(one)
        ) : (
          <span className="two-lines">
            <span>{t.label("callOutcome", one.outcome)}</span>
            <small className="quiet">{[one.done_by, one.note].filter(Boolean).join(": ")}</small>
          </span>
        ),
    },
  ];
  return (
    <>
      <ListPage<Callback>
        subject="callbacks"
        title={t("nav.feedback")}
        empty={{ title: t("callback.empty"), hint: t("callback.emptyHint") }}
        columns={columns}
        filters={filters}
        presets={presets}
        first={{ q: "", sort: "", filters: { state: ["open"] } }}
        ask={({ q: _, sort: __, ...query }) => query}
        fetch={callbacks}
        rowKey={(one) => one.id}
        card={(one) => (
          <>
            <span className="row-card-facts">
              <Due task={one} />
              <Csat score={one.csat} />
            </span>
            <Who task={one} />
            <span>{one.comment || one.reason}</span>
            {acts(one)}
          </>
        )}
        above={<FeedbackTabs />}
      />
      {open?.act === "done" && <DoneDialog task={open.task} close={() => setOpen(undefined)} />}
      {open?.act === "postpone" && <PostponeDialog task={open.task} close={() => setOpen(undefined)} />}
      {open?.act === "give" && <GiveDialog task={open.task} close={() => setOpen(undefined)} />}
    </>
  );
}

function Due({ task }: { task: Callback }) {
  const { t } = useWords();
  return (
    <span className="two-lines">
      <span className={task.overdue ? "late" : undefined}>
        <WhenText at={task.due_at} relative />
      </span>
      {task.postponed > 0 && <small className="quiet">{t("callback.postponedTimes", { count: task.postponed })}</small>}
    </span>
  );
}

function Who({ task }: { task: Callback }) {
  return (
    <span className="two-lines">
      <span>
        {task.contact_name} <LanguageTag code={task.language ?? ""} />
      </span>
      {task.phone && (
        <a href={`tel:${task.phone}`} className="figures nowrap">
          <PhoneOutlined aria-hidden /> {task.phone}
        </a>
      )}
      <small className="quiet">{task.customer_name}</small>
    </span>
  );
}

function DoneDialog({ task, close }: { task: Callback; close: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<{ outcome: string; note?: string }, Callback>
      title={t("callback.doneTitle", { name: task.contact_name || task.ticket })}
      submit={t("act.save")}
      version={task.version}
      initial={{ outcome: "settled" }}
      run={(values, how) => finishCallback(task.id, values, how)}
      refresh={[["callbacks"], ["feedback"]]}
      done={() => t("callback.saved")}
      onClose={close}
    >
      <Form.Item name="outcome" label={t("callback.outcome")}>
        <Radio.Group className="stacked" options={OUTCOMES.map((value) => ({ value, label: t.label("callOutcome", value) }))} />
      </Form.Item>
      <Form.Item name="note" label={t("callback.note")}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
    </ActDialog>
  );
}

/** A local time as an input of that kind has it, so many hours from now, on the full hour. */
export function hoursFromNow(hours: number, at: Date = new Date()): string {
  const then = new Date(at.getTime() + hours * 3_600_000);
  then.setMinutes(0, 0, 0);
  const local = new Date(then.getTime() - then.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function PostponeDialog({ task, close }: { task: Callback; close: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<{ due: string; note?: string }, Callback>
      title={t("callback.postponeTitle", { name: task.contact_name || task.ticket })}
      submit={t("callback.postpone")}
      version={task.version}
      initial={{ due: hoursFromNow(24) }}
      run={({ due, note }, how) =>
        postponeCallback(task.id, { due_at: new Date(due).toISOString(), note: note ?? "" }, how)
      }
      refresh={[["callbacks"]]}
      done={() => t("callback.postponedDone")}
      onClose={close}
    >
      <Form.Item name="due" label={t("callback.newDue")} rules={[{ required: true, message: t("form.needed") }]}>
        <Input type="datetime-local" autoFocus />
      </Form.Item>
      <Form.Item name="note" label={t("callback.whyLater")}>
        <Input maxLength={1000} />
      </Form.Item>
    </ActDialog>
  );
}

function GiveDialog({ task, close }: { task: Callback; close: () => void }) {
  const { t } = useWords();
  const team = useQuery({ queryKey: ["users"], queryFn: users, retry: false });
  return (
    <ActDialog<{ owner_id?: string; phone: string }, Callback>
      title={t("callback.giveTitle", { name: task.contact_name || task.ticket })}
      submit={t("act.save")}
      version={task.version}
      initial={{ owner_id: task.owner_id ?? undefined, phone: task.phone }}
      run={({ owner_id: owner, phone }, how) => changeCallback(task.id, { owner_id: owner ?? null, phone }, how)}
      refresh={[["callbacks"]]}
      done={() => t("callback.saved")}
      onClose={close}
    >
      <Form.Item name="owner_id" label={t("callback.owner")}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("callback.nobody")}
          options={(team.data ?? []).filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
      <Form.Item name="phone" label={t("callback.phone")}>
        <Input maxLength={30} />
      </Form.Item>
    </ActDialog>
  );
}
