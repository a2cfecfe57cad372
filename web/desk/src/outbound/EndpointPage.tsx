import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { deliveries, endpoint, enableEndpoint, testEndpoint } from "../api/outbound";
import type { Delivery, Endpoint } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { DetailPage } from "../ui/DetailPage";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { LinesSkeleton, PageSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";
import { DeliveryDrawer } from "./DeliveryDrawer";
import { DisableDialog, RemoveDialog, RotateDialog } from "./EndpointActs";
import { EndpointDialog } from "./EndpointDialog";
import { SecretOnce } from "./SecretOnce";
import { AnswerText, DeliveryState, EndpointState, StateTag } from "./bits";
import "../styles/outbound.css";

type Dialog = "edit" | "rotate" | "disable" | "remove" | "";

/** One endpoint: how sending goes, what was sent last, and every act on it. */
export default function EndpointPage() {
  const { t } = useWords();
  const { id = "" } = useParams();
  const one = useQuery({ queryKey: ["webhooks", "endpoint", id], queryFn: () => endpoint(id) });
  if (one.isPending) return <PageSkeleton />;
  if (one.isError) return <ErrorState error={one.error} retry={() => one.refetch()} />;
  return <Shown key={id} endpoint={one.data} title={t("webhooks.endpoint")} />;
}

function Shown({ endpoint: one, title }: { endpoint: Endpoint; title: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<Dialog>("");
  const [secret, setSecret] = useState("");
  const [open, setOpen] = useState("");
  const close = () => setDialog("");
  const test = useCommand<void, Delivery>({
    run: () => testEndpoint(one.id),
    refresh: [["webhooks"]],
    done: () => t("webhooks.tested"),
    onDone: (made) => setOpen(made.id),
  });
  const enable = useCommand<void, Endpoint>({
    run: () => enableEndpoint(one.id),
    refresh: [["webhooks"]],
    done: () => t("webhooks.enabledNow"),
  });
  const disabled = one.state === "disabled";
  return (
    <DetailPage
      title={<span className="outer-url">{one.description || one.url}</span>}
      sub={<EndpointState endpoint={one} />}
      back={{ to: "/settings/webhooks", label: t("settings.webhooks") }}
      label={title}
      acts={
        <>
          <Button onClick={() => setDialog("edit")}>{t("act.change")}</Button>
          {!disabled && (
            <Button onClick={() => test.submit()} loading={test.busy}>
              {t("webhooks.test")}
            </Button>
          )}
          <Button onClick={() => setDialog("rotate")}>{t("webhooks.rotate")}</Button>
          {!disabled && <Button onClick={() => setDialog("disable")}>{t("webhooks.disable")}</Button>}
          <Button danger onClick={() => setDialog("remove")}>
            {t("webhooks.remove")}
          </Button>
        </>
      }
      banner={
        <>
          {secret && <SecretOnce secret={secret} onClose={() => setSecret("")} />}
          {disabled && (
            <Alert
              type="warning"
              showIcon
              title={t("webhooks.disabledTitle")}
              description={t("webhooks.disabledHint", {
                reason: t.label("disabledReason", one.disabled_reason),
                count: one.waiting,
              })}
              action={
                <Button type="primary" onClick={() => enable.submit()} loading={enable.busy}>
                  {t("webhooks.enable")}
                </Button>
              }
            />
          )}
        </>
      }
      facts={<EndpointFacts endpoint={one} />}
    >
      <LastDeliveries endpoint={one} onOpen={setOpen} />
      {open && <DeliveryDrawer id={open} onClose={() => setOpen("")} />}
      {dialog === "edit" && <EndpointDialog endpoint={one} onDone={close} onClose={close} />}
      {dialog === "rotate" && (
        <RotateDialog endpoint={one} onDone={(made) => setSecret(made.secret ?? "")} onClose={close} />
      )}
      {dialog === "disable" && <DisableDialog endpoint={one} onClose={close} />}
      {dialog === "remove" && (
        <RemoveDialog endpoint={one} onDone={() => void navigate("/settings/webhooks")} onClose={close} />
      )}
    </DetailPage>
  );
}

function EndpointFacts({ endpoint: one }: { endpoint: Endpoint }) {
  const { t } = useWords();
  return (
    <Facts
      facts={[
        { label: t("webhooks.url"), value: <span className="outer-url">{one.url}</span>, wide: true },
        {
          label: t("webhooks.events"),
          value: one.events.map((event) => <StateTag key={event}>{event}</StateTag>),
          wide: true,
        },
        { label: t("webhooks.personal"), value: t(one.include_personal ? "webhooks.sent" : "webhooks.withheld") },
        { label: t("webhooks.lastOk"), value: <WhenText at={one.succeeded_at} relative /> },
        { label: t("webhooks.failures"), value: one.failures || "" },
        { label: t("webhooks.failingSince"), value: one.failing_since && <WhenText at={one.failing_since} /> },
        { label: t("webhooks.throttled"), value: one.throttled_until && <WhenText at={one.throttled_until} /> },
        {
          label: t("webhooks.oldSecret"),
          value: one.previous_secret_until && <WhenText at={one.previous_secret_until} />,
        },
        { label: t("webhooks.waiting"), value: one.waiting },
        { label: t("webhooks.dead"), value: one.dead },
      ]}
    />
  );
}

function LastDeliveries({ endpoint: one, onOpen }: { endpoint: Endpoint; onOpen: (id: string) => void }) {
  const { t } = useWords();
  const list = useQuery({
    queryKey: ["webhooks", "last", one.id],
    queryFn: ({ signal }) => deliveries({ endpoint_id: one.id, limit: 20 }, signal),
    refetchInterval: 5000,
  });
  const rows = list.data?.items ?? [];
  return (
    <Section
      title={t("webhooks.last")}
      extra={<Link to={`/settings/webhooks/deliveries?endpoint_id=${one.id}`}>{t("webhooks.wholeLog")}</Link>}
    >
      {list.isPending && <LinesSkeleton lines={4} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data && rows.length === 0 && <p className="quiet">{t("webhooks.nothingSent")}</p>}
      {rows.length > 0 && (
        <div className="table-scroll">
        <table className="plain-table deliveries">
          <thead>
            <tr>
              <th>{t("webhooks.type")}</th>
              <th>{t("webhooks.object")}</th>
              <th>{t("webhooks.state")}</th>
              <th>{t("webhooks.answer")}</th>
              <th>{t("webhooks.when")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Button type="link" className="link-cell" onClick={() => onOpen(row.id)}>
                    {row.type}
                  </Button>
                  {row.replay > 0 && <StateTag>{t("webhooks.replayed")}</StateTag>}
                </td>
                <td className="figures nowrap">{row.object === "endpoint" ? "" : row.key}</td>
                <td>
                  <DeliveryState state={row.state} />
                </td>
                <td>
                  <AnswerText status={row.status} error={row.error} />
                </td>
                <td>
                  <WhenText at={row.created_at} relative />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        </div>
      )}
    </Section>
  );
}
