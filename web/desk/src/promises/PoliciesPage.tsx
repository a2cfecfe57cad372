import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Link, useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import { policies } from "../api/promises";
import type { Policy } from "../api/promises";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { durationText } from "./ClockList";
import { PolicyEditor } from "./PolicyEditor";
import { PromiseTabs } from "./PromiseTabs";
import "../styles/promises.css";

/** What is promised to whom: the policies, and the editor of one. */
export default function PoliciesPage() {
  const { code } = useParams();
  const { t } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay("sla:write");
  const found = useQuery({ queryKey: ["policies"], queryFn: policies });
  const open = found.data?.find((one) => one.code === code || one.id === code);
  const close = () => void navigate("/promises/policies");
  return (
    <div className="page">
      <PageHead title={t("nav.promises")}>
        {mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/promises/policies/new")}>
            {t("promises.newPolicy")}
          </Button>
        )}
      </PageHead>
      <PromiseTabs />
      {found.isPending && <PageSkeleton />}
      {found.isError && !found.data && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data?.length === 0 && (
        <EmptyState title={t("promises.noPolicies")} hint={t("promises.noPoliciesHint")} />
      )}
      <ul className="rule-list">
        {found.data?.map((one) => (
          <li key={one.id}>
            <PolicyCard policy={one} />
          </li>
        ))}
      </ul>
      {code === "new" && mayWrite && <PolicyEditor key="new" close={close} />}
      {open && <PolicyEditor key={open.id} policy={open} mayWrite={mayWrite} close={close} />}
    </div>
  );
}

function PolicyCard({ policy }: { policy: Policy }) {
  const { t } = useWords();
  const plain = policy.targets.filter((one) => !one.priority && !one.type);
  const shown = plain.length > 0 ? plain : policy.targets.slice(0, 3);
  return (
    <Link to={`/promises/policies/${encodeURIComponent(policy.code)}`} className="rule-card">
      <span className="rule-head">
        <strong>{policy.name || policy.code}</strong>
        <code>{policy.code}</code>
        {policy.fallback && <span className="tag">{t("promises.fallback")}</span>}
        {!policy.active && <span className="tag">{t("promises.inactive")}</span>}
      </span>
      <span className="rule-facts">
        {shown.map((one, index) => (
          <span key={index}>
            {t.label("dueKind", one.kind)} <b className="figures">{durationText(one.minutes, t)}</b>
          </span>
        ))}
      </span>
      <small className="quiet">
        {[
          policy.plans?.length && `${t("contract.plan")}: ${policy.plans.join(", ")}`,
          policy.tiers?.length &&
            `${t("customer.tier")}: ${policy.tiers.map((one) => t.label("tier", one)).join(", ")}`,
          policy.calendar ? `${t("contract.calendar")}: ${policy.calendar}` : t("promises.dayAndNight"),
          t("promises.stepsCount", { count: policy.steps?.length ?? 0 }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </small>
    </Link>
  );
}
