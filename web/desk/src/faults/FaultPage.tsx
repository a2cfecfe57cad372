import { BookOutlined, EditOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import { SLOTS, fault, stepFault, writeArticle } from "../api/faults";
import type { FaultFile } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { DetailPage } from "../ui/DetailPage";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { PageSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";
import { EvidenceList } from "./EvidenceList";
import { FaultEditor } from "./FaultEditor";
import { LinkList } from "./LinkList";
import { LookAlikes } from "./LookAlikes";
import { MergeDialog } from "./MergeDialog";
import { RejectDialog } from "./RejectDialog";
import { UsualParts } from "./UsualParts";
import { FaultState, ModelRange, OriginTag, SlotText, SuccessBar } from "./bits";
import { pathOf, percent, titleOf } from "./terms";
import "../styles/faults.css";

/** A fault: what it says left, its evidence middle, links, merges and look-alikes right. */
export default function FaultPage() {
  const { number = "" } = useParams();
  const { language } = useWords();
  const file = useQuery({
    queryKey: ["faults", number, language],
    queryFn: () => fault(number, language),
  });
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown key={number} file={file.data} />;
}

function Shown({ file }: { file: FaultFile }) {
  const { t } = useWords();
  const mayWrite = useMay("faults:write");
  const [open, setOpen] = useState<"edit" | "merge" | "reject">();
  const close = () => setOpen(undefined);
  const live = file.state === "draft" || file.state === "reviewed";
  return (
    <DetailPage
      back={{ to: "/faults", label: t("nav.faults") }}
      label={t("fault.evidence")}
      title={titleOf(file)}
      sub={
        <>
          <span className="figures">{file.number}</span>
          <FaultState state={file.state} />
          <OriginTag origin={file.origin} />
        </>
      }
      acts={
        mayWrite && (
          <>
            {file.state === "draft" && <StepButton file={file} step="review" primary />}
            {file.state === "rejected" && <StepButton file={file} step="restore" />}
            {file.state === "merged" && <StepButton file={file} step="unmerge" />}
            {file.state === "reviewed" && <ArticleButton file={file} />}
            {live && <Button onClick={() => setOpen("merge")}>{t("fault.merge")}</Button>}
            {live && (
              <Button danger onClick={() => setOpen("reject")}>
                {t("fault.reject")}
              </Button>
            )}
            {file.state !== "merged" && (
              <Button icon={<EditOutlined />} onClick={() => setOpen("edit")}>
                {t("act.change")}
              </Button>
            )}
          </>
        )
      }
      banner={<Banner file={file} />}
      facts={<Told file={file} />}
      related={
        <>
          <LinkList file={file} mayWrite={mayWrite && live} />
          {live && <LookAlikes file={file} mayWrite={mayWrite} />}
          <Merges file={file} />
        </>
      }
    >
      <Proof file={file} />
      <UsualParts file={file} />
      <h2>{t("fault.evidence")}</h2>
      <EvidenceList file={file} mayWrite={mayWrite} />
      {open === "edit" && <FaultEditor fault={file} close={close} />}
      {open === "merge" && <MergeDialog fault={file} close={close} />}
      {open === "reject" && <RejectDialog fault={file} close={close} />}
    </DetailPage>
  );
}

function StepButton(props: { file: FaultFile; step: "review" | "restore" | "unmerge"; primary?: boolean }) {
  const { file, step, primary } = props;
  const { t } = useWords();
  const act = useCommand({
    run: (_: object, how) => stepFault(file.number, step, {}, how),
    version: file.version,
    refresh: [["faults"]],
    done: (after) => t.label("faultStepDone", step).replace("{number}", after.number),
  });
  return (
    <Button type={primary ? "primary" : "default"} loading={act.busy} onClick={() => act.submit({})}>
      {t.label("faultStep", step)}
    </Button>
  );
}

function ArticleButton({ file }: { file: FaultFile }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const may = useMay("knowledge:write");
  const act = useCommand({
    run: (_: object, how) => writeArticle(file.number, language, how),
    refresh: [["faults"]],
    done: (made) => t(made.refreshed ? "fault.articleRefreshed" : "fault.articleMade"),
    onDone: (made) => void navigate(`/knowledge/articles/${made.article_id}`),
  });
  if (!may) return null;
  return (
    <Button icon={<BookOutlined />} loading={act.busy} onClick={() => act.submit({})}>
      {t(file.article_id ? "fault.refreshArticle" : "fault.makeArticle")}
    </Button>
  );
}

function Banner({ file }: { file: FaultFile }) {
  const { t } = useWords();
  if (file.state === "merged" && file.merged_into) {
    const into = (
      <Link to={pathOf(file.merged_into)} className="figures">
        {file.merged_into}
      </Link>
    );
    return <Alert type="info" showIcon title={<>{t("fault.partOf")} {into}</>} />;
  }
  if (file.state === "rejected") {
    return <Alert type="warning" showIcon title={t("faultState.rejected")} description={file.reject_reason} />;
  }
  return null;
}

function Told({ file }: { file: FaultFile }) {
  const { t } = useWords();
  return (
    <Facts
      facts={[
        ...SLOTS.map((slot) => ({
          label: t.label("fault", slot),
          value: file[slot].label && <SlotText slot={file[slot]} original />,
          wide: true,
        })),
        { label: t("fault.models"), value: <ModelRange fault={file} />, wide: true },
        { label: t("fault.codes"), value: file.error_codes.join(", ") },
        { label: t("fault.firmware"), value: file.firmware },
        { label: t("fault.lastSeen"), value: file.last_seen && <WhenText at={file.last_seen} /> },
        {
          label: t("fault.reviewedBy"),
          value: file.reviewed_at && (
            <>
              {file.reviewed_by} · <WhenText at={file.reviewed_at} />
            </>
          ),
        },
        {
          label: t("fault.article"),
          value: file.article_id && <Link to={`/knowledge/articles/${file.article_id}`}>{t("act.open")}</Link>,
        },
        { label: t("fault.note"), value: file.note && <p className="plain">{file.note}</p>, wide: true },
      ]}
    />
  );
}

/** The counts behind the rate, so that nobody takes three of three for a law. */
function Proof({ file }: { file: FaultFile }) {
  const { t, f } = useWords();
  const { success } = file;
  return (
    <section className="proof" aria-label={t("fault.success")}>
      <div className="proof-head">
        <strong className="proof-rate figures">{percent(success.rate, f.number)}</strong>
        <span>
          {t("fault.held")}
          {success.low !== null && (
            <small className="quiet">{t("fault.atLeast", { low: percent(success.low, f.number) })}</small>
          )}
        </span>
        <SuccessBar success={success} wide />
      </div>
      <dl className="proof-counts">
        {(
          [
            ["successes", success.successes],
            ["unknown", success.unknown],
            ["failures", success.failures],
            ["open", success.open],
          ] as const
        ).map(([name, count]) => (
          <div key={name} data-count={name}>
            <dt>{t.label("faultCount", name)}</dt>
            <dd className="figures">{f.number(count)}</dd>
          </div>
        ))}
        {file.minutes && (
          <div>
            <dt>{t("fault.minutes")}</dt>
            <dd className="figures">
              {f.number(file.minutes.median)}
              <small className="quiet">
                {" "}
                {f.number(file.minutes.low)}–{f.number(file.minutes.high)}
              </small>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Merges({ file }: { file: FaultFile }) {
  const { t } = useWords();
  const standing = (file.merges ?? []).filter((one) => !one.undone_at && one.into === file.number);
  if (standing.length === 0) return null;
  return (
    <Section title={t("fault.merged")}>
      <ul className="plain-list">
        {standing.map((one) => (
          <li key={one.id}>
            <Link to={pathOf(one.fault)} className="figures">
              {one.fault}
            </Link>{" "}
            <small className="quiet">
              {t("fault.findingsMoved", { count: one.findings })} · <WhenText at={one.at} relative />
            </small>
            {one.reason && <small className="quiet block">{one.reason}</small>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
