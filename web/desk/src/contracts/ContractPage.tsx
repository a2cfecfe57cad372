import { EditOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import { contract } from "../api/contracts";
import type { ContractFile } from "../api/contracts";
import { setContractValues } from "../api/customise";
import type { OwnValues } from "../api/customise";
import { OwnFacts } from "../customise/OwnFacts";
import { useOwnSave } from "../customise/useOwnSave";
import { useWords } from "../i18n/LanguageProvider";
import { DetailPage } from "../ui/DetailPage";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { MoneyText } from "../ui/MoneyText";
import { PageSkeleton } from "../ui/Skeletons";
import { Timeline } from "../ui/Timeline";
import type { TimelineEntry } from "../ui/Timeline";
import { ContractDevices } from "./ContractDevices";
import { ContractStateTag } from "./ContractState";
import { CoverageTable } from "./CoverageTable";
import { EntitlementCheck } from "./EntitlementCheck";
import { StepDialog } from "./StepDialog";
import type { ContractStep } from "./StepDialog";
import { stepsOf } from "./terms";
import "../styles/contracts.css";

export const useContractFile = (number: string) =>
  useQuery({ queryKey: ["contracts", number], queryFn: () => contract(number), enabled: !!number });

/** A contract: what was agreed left, what it covers middle, devices and a check right. */
export default function ContractPage() {
  const { number = "" } = useParams();
  const file = useContractFile(number);
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown key={number} file={file.data} />;
}

function Shown({ file }: { file: ContractFile }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay("contracts:write");
  const [step, setStep] = useState<ContractStep>();
  const save = useOwnSave([["contracts"]], (custom) =>
    setContractValues(file.contract.number, custom, file.contract.version),
  );
  const { contract: one } = file;
  const steps = mayWrite ? stepsOf(one.state) : [];
  return (
    <DetailPage
      back={{ to: "/contracts", label: t("nav.contracts") }}
      label={t("contract.covers")}
      title={one.customer_name}
      sub={
        <>
          <span className="figures">{one.number}</span>
          <ContractStateTag contract={one} />
          {one.plan && <span className="tag">{one.plan}</span>}
        </>
      }
      acts={
        <>
          {steps.map((name) => (
            <Button
              key={name}
              danger={name === "end"}
              type={name === "activate" || name === "resume" ? "primary" : "default"}
              onClick={() => setStep(name)}
            >
              {t.label("contractStep", name)}
            </Button>
          ))}
          {mayWrite && one.state !== "ended" && (
            <Button
              icon={<EditOutlined />}
              onClick={() => void navigate(`/contracts/${encodeURIComponent(one.number)}/edit`)}
            >
              {t("contract.change")}
            </Button>
          )}
        </>
      }
      banner={
        one.state_reason &&
        one.state !== "active" && (
          <Alert type="info" showIcon title={t.label("contractState", one.state)} description={one.state_reason} />
        )
      }
      facts={
        <>
          <Agreed file={file} />
          <OwnFacts subject="contract" values={one.custom as OwnValues} save={mayWrite ? save : undefined} />
        </>
      }
      related={
        <>
          <Section title={t("contract.check")}>
            <EntitlementCheck serials={file.assets.map((asset) => asset.serial)} />
          </Section>
          <ContractDevices file={file} mayWrite={mayWrite && one.state !== "ended"} />
        </>
      }
    >
      <h2>{t("contract.covers")}</h2>
      <CoverageTable lines={file.lines} />
      {one.note && (
        <>
          <h2>{t("contract.note")}</h2>
          <p className="plain">{one.note}</p>
        </>
      )}
      <h2>{t("ticket.history")}</h2>
      <Life file={file} />
      {step && <StepDialog contract={one} step={step} close={() => setStep(undefined)} />}
    </DetailPage>
  );
}

function Agreed({ file: { contract: one } }: { file: ContractFile }) {
  const { t, f } = useWords();
  const linkTo = (number: string) => (
    <Link to={`/contracts/${encodeURIComponent(number)}`} className="figures">
      {number}
    </Link>
  );
  return (
    <Facts
      facts={[
        {
          label: t("side.customer"),
          value: <Link to={`/customers/${one.customer_id}`}>{one.customer_name}</Link>,
        },
        { label: t("contract.starts"), value: f.date(one.starts_on) },
        { label: t("contract.ends"), value: f.date(one.ends_on) || t("contract.openEnd") },
        { label: t("contract.terminated"), value: f.date(one.terminated_on) },
        { label: t("contract.noticeBy"), value: f.date(one.notice_by) },
        one.price && {
          label: t("contract.price"),
          value: (
            <>
              <MoneyText money={one.price} /> {t.label("pricePeriod", one.price_period)}
            </>
          ),
        },
        one.response_hours !== null && {
          label: t("contract.response"),
          value: t("contract.hours", { count: one.response_hours }),
        },
        one.onsite_hours !== null && {
          label: t("contract.onsite"),
          value: t("contract.hours", { count: one.onsite_hours }),
        },
        {
          label: t("contract.policy"),
          value: one.sla_policy && <Link to={`/promises/policies/${encodeURIComponent(one.sla_policy)}`}>{one.sla_policy}</Link>,
        },
        { label: t("contract.calendar"), value: one.calendar },
        {
          label: t("contract.devices"),
          value: one.covers_all ? t("contract.allDevices") : f.number(one.assets_count),
        },
        { label: t("contract.renews"), value: one.renews && linkTo(one.renews) },
        { label: t("contract.renewedBy"), value: one.renewed_by && linkTo(one.renewed_by) },
      ]}
    />
  );
}

/** What a contract went through: begin, rests, what it bore, its end; the latest first. */
function Life({ file }: { file: ContractFile }) {
  const { t, f } = useWords();
  const { contract: one, pauses, uses } = file;
  const entries: TimelineEntry[] = [
    ...uses.map((use) => ({
      key: use.id,
      at: use.used_on,
      kind: "use",
      title: t("contract.used", { what: t.label("coverage", use.what) }),
      body: (
        <p className="quiet">
          {[use.visits > 0 && t("contract.visitsCount", { count: use.visits }), use.source, use.note]
            .filter(Boolean)
            .join(" · ")}{" "}
          <MoneyText money={use.amount} />
        </p>
      ),
    })),
    ...pauses.map((pause, index) => ({
      key: `pause-${index}`,
      at: pause.from_on,
      kind: "moved",
      title: t("contract.paused", { until: f.date(pause.until_on) || "…" }),
      body: <p className="plain">{pause.reason}</p>,
    })),
    ...[
      { on: one.starts_on, key: "contract.began" as const },
      { on: one.terminated_on ?? one.ends_on, key: "contract.over" as const },
    ].flatMap(({ on, key }) =>
      on ? [{ key, at: on, kind: "opened", title: t(key) }] : [],
    ),
  ];
  return <Timeline entries={entries.sort((a, b) => b.at.localeCompare(a.at))} />;
}
