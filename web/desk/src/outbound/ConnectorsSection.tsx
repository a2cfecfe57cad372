import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Link } from "react-router";
import { connectors } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { RunState, StateTag } from "./bits";
import "../styles/outbound.css";

/** Another CRM or ERP beside this one. */
export function ConnectorsSection() {
  const { t, f } = useWords();
  const list = useQuery({ queryKey: ["connectors"], queryFn: connectors });
  const add = (
    <Link to="/settings/connectors/new">
      <Button type="primary" icon={<PlusOutlined />}>
        {t("connectors.new")}
      </Button>
    </Link>
  );
  return (
    <div className="settings settings-wide">
      <p className="quiet">{t("connectors.hint")}</p>
      {list.isPending && <LinesSkeleton lines={3} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data?.length === 0 && (
        <EmptyState title={t("connectors.none")} hint={t("connectors.noneHint")}>
          {add}
        </EmptyState>
      )}
      <ul className="rows">
        {list.data?.map((one) => (
          <li key={one.id}>
            <span className="row-text">
              <Link to={`/settings/connectors/${one.id}`}>{one.title || one.name}</Link>
              <small className="outer-url">{one.base_url}</small>
              <small>
                {one.objects.map((name) => t.label("syncObject", name)).join(", ")}
                {" · "}
                {one.last_run ? t("connectors.lastRun", { time: f.ago(one.last_run.started_at) }) : t("connectors.neverRun")}
              </small>
            </span>
            {one.conflicts > 0 && <StateTag tone="warn">{t("connectors.conflictCount", { count: one.conflicts })}</StateTag>}
            {one.problems > 0 && <StateTag tone="bad">{t("connectors.problemCount", { count: one.problems })}</StateTag>}
            {one.last_run && <RunState state={one.last_run.state} />}
          </li>
        ))}
      </ul>
      {list.data && list.data.length > 0 && <div className="section-acts">{add}</div>}
    </div>
  );
}
