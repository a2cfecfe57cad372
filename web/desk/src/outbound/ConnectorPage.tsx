import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Dropdown, Tabs } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { askRun, connector, removeConnector } from "../api/outbound";
import type { Connector, ConnectorRun } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { DetailPage } from "../ui/DetailPage";
import { ErrorState } from "../ui/ErrorState";
import { Facts } from "../ui/Facts";
import { PageSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";
import { ConflictList } from "./ConflictList";
import { ProblemList } from "./ProblemList";
import { RunList } from "./RunList";
import { RunState } from "./bits";
import "../styles/settings.css";
import "../styles/outbound.css";

/** One connector: what wants a decision, how runs went, what could not be brought together. */
export default function ConnectorPage() {
  const { id = "" } = useParams();
  const one = useQuery({
    queryKey: ["connectors", id],
    queryFn: () => connector(id),
    refetchInterval: ({ state }) => (state.data?.last_run?.state === "running" ? 2000 : 30_000),
  });
  if (one.isPending) return <PageSkeleton />;
  if (one.isError) return <ErrorState error={one.error} retry={() => one.refetch()} />;
  return <Shown connector={one.data} />;
}

function Shown({ connector: one }: { connector: Connector }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [removing, setRemoving] = useState(false);
  const tab = params.get("tab") ?? "conflicts";
  const start = useCommand<boolean, ConnectorRun>({
    run: (dry, { key }) => askRun(one.id, dry, key),
    refresh: [["connectors"]],
    done: () => t("connectors.asked"),
    onDone: () => setParams({ tab: "runs" }),
  });
  return (
    <DetailPage
      title={one.title || one.name}
      sub={one.last_run ? <RunState state={one.last_run.state} /> : t("connectors.neverRun")}
      back={{ to: "/settings/connectors", label: t("settings.connectors") }}
      label={t("connectors.one")}
      acts={
        <>
          <Button type="primary" onClick={() => start.submit(false)} loading={start.busy}>
            {t("connectors.run")}
          </Button>
          <Button onClick={() => start.submit(true)} loading={start.busy}>
            {t("connectors.dryRun")}
          </Button>
          <Link to={`/settings/connectors/${one.id}/edit`}>
            <Button>{t("act.change")}</Button>
          </Link>
          <Dropdown
            menu={{
              items: [{ key: "remove", danger: true, label: t("connectors.remove") }],
              onClick: () => setRemoving(true),
            }}
          >
            <Button aria-label={t("nav.more")}>…</Button>
          </Dropdown>
        </>
      }
      banner={
        one.last_run?.error && (
          <Alert
            type={one.last_run.state === "failed" ? "error" : "warning"}
            showIcon
            title={t.label("runBanner", one.last_run.state)}
            description={one.last_run.error}
          />
        )
      }
      facts={<ConnectorFacts connector={one} />}
    >
      <Tabs
        activeKey={tab}
        onChange={(key) => setParams({ tab: key }, { replace: true })}
        items={[
          {
            key: "conflicts",
            label: t("connectors.conflicts", { count: one.conflicts }),
            children: <ConflictList connectorId={one.id} />,
          },
          { key: "runs", label: t("connectors.runs"), children: <RunList connectorId={one.id} /> },
          {
            key: "problems",
            label: t("connectors.problems", { count: one.problems }),
            children: <ProblemList connectorId={one.id} />,
          },
          {
            key: "mapping",
            label: t("connectors.mapping"),
            children: (
              <pre className="payload mapping" tabIndex={0}>
                {one.mapping}
              </pre>
            ),
          },
        ]}
      />
      {removing && (
        <ActDialog<object, unknown>
          title={t("connectors.removeAsk", { name: one.title || one.name })}
          hint={t("connectors.removeHint")}
          submit={t("connectors.remove")}
          danger
          run={() => removeConnector(one.id)}
          refresh={[["connectors"]]}
          onDone={() => void navigate("/settings/connectors")}
          onClose={() => setRemoving(false)}
        />
      )}
    </DetailPage>
  );
}

function ConnectorFacts({ connector: one }: { connector: Connector }) {
  const { t } = useWords();
  return (
    <Facts
      facts={[
        { label: t("connectors.name"), value: <span className="figures">{one.name}</span> },
        { label: t("connectors.address"), value: <span className="outer-url">{one.base_url}</span>, wide: true },
        { label: t("connectors.auth"), value: t.label("auth", one.auth) },
        {
          label: t("connectors.every"),
          value: one.every_minutes && one.active ? t("connectors.minutes", { count: one.every_minutes }) : t("connectors.byHand"),
        },
        { label: t("connectors.next"), value: one.next_run_at && <WhenText at={one.next_run_at} relative /> },
        ...Object.entries(one.links).map(([name, count]) => ({
          label: t.label("syncObject", name),
          value: t("connectors.linked", { count }),
        })),
      ]}
    />
  );
}
