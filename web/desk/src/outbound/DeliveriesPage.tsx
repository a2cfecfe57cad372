import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Form, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useMemo, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { deliveries, endpoints, eventKinds, replaySpan } from "../api/outbound";
import type { Delivery, ReplaySpan } from "../api/outbound";
import type { Query } from "../api/client";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { ListPage } from "../ui/ListPage";
import type { ListFilter, Preset, ServerColumn } from "../ui/listShape";
import { WhenText } from "../ui/WhenText";
import { DeliveryDrawer } from "./DeliveryDrawer";
import { AnswerText, DeliveryState, StateTag } from "./bits";
import "../styles/outbound.css";

const BASE = "/settings/webhooks/deliveries";
const STATES = ["waiting", "delivered", "dead"] as const;

/** Days become instants when the list is asked; `until` is a whole day. */
function askDeliveries({ q, since, until, ...rest }: Query): Query {
  const from = [since].flat()[0];
  const to = [until].flat()[0];
  return {
    ...rest,
    object_key: q,
    since: from ? new Date(`${String(from)}T00:00:00`).toISOString() : undefined,
    until: to ? new Date(new Date(`${String(to)}T00:00:00`).getTime() + 864e5).toISOString() : undefined,
  };
}

/** The log of what was told to whom, with payloads and answers. */
export default function DeliveriesPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { delivery } = useParams();
  const [replaying, setReplaying] = useState(false);
  const search = params.size ? `?${params}` : "";
  const known = useQuery({ queryKey: ["webhooks", "endpoints"], queryFn: endpoints });
  const kinds = useQuery({ queryKey: ["webhooks", "events"], queryFn: eventKinds, staleTime: Infinity });
  const named = (known.data ?? []).map((one) => ({ value: one.id, label: one.description || one.url }));
  const filters: ListFilter[] = [
    {
      kind: "many",
      name: "state",
      label: t("webhooks.state"),
      main: true,
      options: STATES.map((value) => ({ value, label: t.label("deliveryState", value) })),
    },
    { kind: "one", name: "endpoint_id", label: t("webhooks.endpoint"), main: true, options: named },
    {
      kind: "one",
      name: "type",
      label: t("webhooks.type"),
      options: (kinds.data ?? []).map(({ type }) => ({ value: type, label: type })),
    },
    { kind: "day", name: "since", label: t("webhooks.since") },
    { kind: "day", name: "until", label: t("webhooks.until") },
    { kind: "text", name: "webhook_id", label: "webhook-id" },
  ];
  const presets: Preset[] = [
    { key: "all", label: t("tickets.all"), query: { filters: {} } },
    { key: "dead", label: t.label("deliveryState", "dead"), query: { filters: { state: ["dead"] } } },
    { key: "waiting", label: t.label("deliveryState", "waiting"), query: { filters: { state: ["waiting"] } } },
  ];
  const columns = useColumns((id) => named.find(({ value }) => value === id)?.label ?? id);
  return (
    <>
      <ListPage<Delivery>
        subject="webhooks"
        title={t("webhooks.log")}
        search={t("webhooks.searchKey")}
        empty={{ title: t("webhooks.logEmpty"), hint: t("webhooks.logEmptyHint") }}
        columns={columns}
        filters={filters}
        presets={presets}
        ask={askDeliveries}
        fetch={deliveries}
        rowKey={(one) => one.id}
        pathOf={(one) => `${BASE}/${one.id}${search}`}
        card={(one) => (
          <>
            <strong>{one.type}</strong>
            <span className="row-card-facts">
              <DeliveryState state={one.state} />
              <span className="figures">{one.key}</span>
              <AnswerText status={one.status} error={one.error} />
              <WhenText at={one.created_at} relative />
            </span>
          </>
        )}
        acts={
          <>
            <Button onClick={() => void navigate("/settings/webhooks")}>{t("settings.webhooks")}</Button>
            <Button onClick={() => setReplaying(true)}>{t("webhooks.replaySpan")}</Button>
          </>
        }
      />
      {delivery && <DeliveryDrawer id={delivery} onClose={() => void navigate(`${BASE}${search}`)} />}
      {replaying && <SpanDialog endpoints={named} onClose={() => setReplaying(false)} />}
    </>
  );
}

function useColumns(nameOf: (id: string) => string): ServerColumn<Delivery>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      {
        key: "type",
        title: t("webhooks.type"),
        width: 210,
        render: (one) => (
          <>
            {one.type} {one.replay > 0 && <StateTag>{t("webhooks.replayed")}</StateTag>}
          </>
        ),
      },
      {
        key: "key",
        title: t("webhooks.object"),
        width: 150,
        render: (one) => <span className="figures nowrap">{one.object === "endpoint" ? "" : one.key}</span>,
      },
      { key: "endpoint", title: t("webhooks.endpoint"), render: (one) => nameOf(one.endpoint_id) },
      { key: "state", title: t("webhooks.state"), width: 110, render: (one) => <DeliveryState state={one.state} /> },
      {
        key: "answer",
        title: t("webhooks.answer"),
        width: 130,
        render: (one) => <AnswerText status={one.status} error={one.error} />,
      },
      { key: "tries", title: t("webhooks.tries"), width: 80, align: "end", render: (one) => <span className="figures">{one.attempts}</span> },
      {
        key: "took",
        title: t("webhooks.took"),
        width: 100,
        align: "end",
        render: (one) => one.duration_ms !== null && <span className="figures nowrap">{one.duration_ms} ms</span>,
      },
      { key: "when", title: t("webhooks.when"), width: 150, render: (one) => <WhenText at={one.created_at} relative /> },
    ],
    [t, nameOf],
  );
}

interface Span {
  span: [Dayjs, Dayjs];
  endpoint_id?: string;
  everything: "dead" | "all";
}

/** Send a span of time anew: what is dead, or everything. */
function SpanDialog(props: { endpoints: { value: string; label: string }[]; onClose: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<Span, { deliveries: number; more?: boolean }>
      title={t("webhooks.replaySpan")}
      hint={t("webhooks.replaySpanHint")}
      submit={t("webhooks.replay")}
      initial={{ everything: "dead" }}
      run={({ span, endpoint_id, everything }, { key }) => {
        const body: ReplaySpan = {
          since: span[0].toISOString(),
          until: span[1].toISOString(),
          endpoint_id: endpoint_id ?? "",
          type: "",
          state: everything === "dead" ? "dead" : null,
        };
        return replaySpan(body, key);
      }}
      refresh={[["webhooks"]]}
      done={({ deliveries: count, more }) =>
        more ? t("webhooks.replayedMore", { count }) : t("webhooks.replayedCount", { count })
      }
      onClose={props.onClose}
    >
      <Form.Item name="span" label={t("webhooks.span")} rules={[{ required: true, message: t("form.needed") }]}>
        <DatePicker.RangePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />
      </Form.Item>
      <Form.Item name="endpoint_id" label={t("webhooks.endpoint")}>
        <Select allowClear placeholder={t("webhooks.allEndpoints")} options={props.endpoints} />
      </Form.Item>
      <Form.Item name="everything" label={t("webhooks.which")}>
        <Select
          options={[
            { value: "dead", label: t("webhooks.onlyDead") },
            { value: "all", label: t("webhooks.alsoDelivered") },
          ]}
        />
      </Form.Item>
    </ActDialog>
  );
}
