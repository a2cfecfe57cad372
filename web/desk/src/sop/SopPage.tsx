import { DownloadOutlined, EditOutlined, MoreOutlined } from "@ant-design/icons";
import { Alert, App, Button, Dropdown, Segmented, Tabs } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { DetailPage } from "../ui/DetailPage";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { PageSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { download } from "../ui/csv";
import { useCommand } from "../ui/useCommand";
import { FlowPicture } from "./FlowPicture";
import { PublishDialog } from "./PublishDialog";
import { RulesSection } from "./RulesSection";
import { StepCard } from "./StepCard";
import { StepOutline } from "./StepOutline";
import { VersionList } from "./VersionList";
import { exportSop, runs, sop, stepSop } from "./api";
import type { SopFile, SopStepName } from "./api";
import { HazardTag, RunTag, SopStateTag } from "./bits";
import { inLanguage, languagesOf } from "./terms";
import "./sop.css";

export const useSop = (code: string) =>
  useQuery({ queryKey: ["sops", code], queryFn: () => sop(code), enabled: !!code });

/** A procedure: its head left, its steps middle, where it is put and what was done by it right. */
export default function SopPage() {
  const { code = "" } = useParams();
  const file = useSop(code);
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown key={code} file={file.data} />;
}

function Shown({ file }: { file: SopFile }) {
  const { t, f, language } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay("sop:write");
  const [publishing, setPublishing] = useState(false);
  const title = inLanguage(file.title, language) || file.code;
  const edit = () => void navigate(`/sops/${encodeURIComponent(file.code)}/edit`);
  return (
    <DetailPage
      back={{ to: "/sops", label: t("nav.sops") }}
      label={t("sop.steps")}
      title={title}
      sub={
        <>
          <span className="figures">{file.code}</span>
          <SopStateTag state={file.state} />
          {file.published > 0 && <span>{t("sop.versionOf", { number: file.published })}</span>}
          <HazardTag hazard={file.hazard} />
        </>
      }
      acts={
        <>
          {mayWrite && file.has_draft && (
            <Button type="primary" onClick={() => setPublishing(true)}>
              {t("sop.publish")}
            </Button>
          )}
          {mayWrite && file.state !== "retired" && (
            <Button icon={<EditOutlined />} onClick={edit}>
              {t("sop.edit")}
            </Button>
          )}
          <MoreActs file={file} mayWrite={mayWrite} />
        </>
      }
      banner={
        file.has_draft &&
        file.published > 0 && (
          <Alert
            type="info"
            showIcon
            title={t("sop.draftWaits", { who: file.draft_by, when: f.dateTime(file.draft_at) })}
          />
        )
      }
      facts={<Head file={file} />}
      related={
        <>
          <RulesSection file={file} mayWrite={mayWrite} />
          <LatestRuns code={file.code} />
        </>
      }
    >
      <Body file={file} edit={mayWrite ? edit : undefined} />
      {publishing && <PublishDialog file={file} close={() => setPublishing(false)} />}
    </DetailPage>
  );
}

function Body({ file, edit }: { file: SopFile; edit?: () => void }) {
  const { t, f, language } = useWords();
  const content = file.content ?? file.draft;
  const languages = languagesOf(content?.title);
  const [shown, setShown] = useState(languages.includes(language) ? language : (languages[0] ?? language));
  const [selected, setSelected] = useState(0);
  if (!content || content.steps.length === 0) {
    return (
      <EmptyState title={t("sop.noSteps")} hint={t("sop.noStepsHint")}>
        {edit && (
          <Button type="primary" onClick={edit}>
            {t("sop.edit")}
          </Button>
        )}
      </EmptyState>
    );
  }
  const summary = inLanguage(content.summary, shown);
  return (
    <Tabs
      tabBarExtraContent={
        languages.length > 1 && (
          <Segmented
            size="small"
            value={shown}
            onChange={setShown}
            aria-label={t("sop.languages")}
            options={languages.map((value) => ({ value, label: f.languageName(value) }))}
          />
        )
      }
      items={[
        {
          key: "steps",
          label: t("sop.steps"),
          children: (
            <>
              {summary && <p className="plain sop-summary">{summary}</p>}
              <div className="sop-read">
                <StepOutline content={content} language={shown} selected={selected} onSelect={setSelected} />
                <StepCard content={content} index={selected} language={shown} />
              </div>
            </>
          ),
        },
        {
          key: "flow",
          label: t("sop.flow"),
          children: (
            <div className="scroll-x">
              <FlowPicture steps={content.steps} language={shown} selected={selected} onSelect={setSelected} />
            </div>
          ),
        },
        { key: "versions", label: t("sop.versions"), children: <VersionList file={file} /> },
      ]}
    />
  );
}

function Head({ file }: { file: SopFile }) {
  const { t } = useWords();
  const content = file.content ?? file.draft;
  const needs = [
    ...(content?.parts ?? []),
    ...(content?.steps ?? []).flatMap((step) => step.parts),
  ];
  const parts = [...new Set(needs.map((one) => one.part))];
  return (
    <Facts
      facts={[
        { label: t("sop.models"), value: file.models.join(", ") || t("sop.allModels") },
        {
          label: t("sop.ticketTypes"),
          value: file.ticket_types.map((one) => t.label("type", one)).join(", "),
        },
        { label: t("sop.component"), value: file.component },
        { label: t("sop.minutes"), value: file.minutes > 0 ? t("sop.minutesCount", { count: file.minutes }) : null },
        {
          label: t("sop.parts"),
          wide: true,
          value: parts.length > 0
            ? parts.map((one) => (
                <Link key={one} to={`/stock/parts/${encodeURIComponent(one)}`} className="figures block">
                  {one}
                </Link>
              ))
            : null,
        },
        { label: t("sop.tools"), wide: true, value: content?.tools.join(" · ") },
        { label: t("sop.tags"), wide: true, value: file.tags.join(" · ") },
        {
          label: t("sop.source"),
          wide: true,
          value: file.source && (
            <Link to={`/knowledge/articles/${encodeURIComponent(file.source)}`}>{file.source}</Link>
          ),
        },
      ]}
    />
  );
}

function LatestRuns({ code }: { code: string }) {
  const { t, language } = useWords();
  const found = useQuery({
    queryKey: ["sop-runs", "of", code, language],
    queryFn: ({ signal }) => runs({ sop: code, limit: 6, language }, signal),
  });
  const rows = found.data?.items ?? [];
  return (
    <Section
      title={t("sop.runs")}
      extra={rows.length > 0 && <Link to={`/sops/runs?sop=${encodeURIComponent(code)}`}>{t("sop.allRuns")}</Link>}
    >
      {rows.length === 0 ? (
        <p className="quiet">{t("sop.noRuns")}</p>
      ) : (
        <ul className="family">
          {rows.map((one) => (
            <li key={one.id}>
              <Link to={`/visits/${encodeURIComponent(one.work_order)}`} className="figures">
                {one.work_order}
              </Link>{" "}
              <RunTag run={one} />
              <div className="quiet">
                {[one.serial, t("sop.stepsOf", { done: one.passed_count, all: one.steps_count })].join(" · ")}{" "}
                {one.begun_at && <WhenText at={one.begun_at} />}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function MoreActs({ file, mayWrite }: { file: SopFile; mayWrite: boolean }) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const act = useCommand({
    run: (name: SopStepName, how) => stepSop(file.code, name, how),
    version: file.version,
    refresh: [["sops"]],
    done: (one, name) =>
      name === "retire"
        ? {
            text: t.label("sopDone", name),
            undo: () => stepSop(file.code, "restore", { key: crypto.randomUUID(), version: one.version }),
          }
        : t.label("sopDone", name),
  });
  const save = async () => {
    const document = await exportSop(file.code);
    download(`${file.code}.json`, `${JSON.stringify(document, null, 1)}\n`, "application/json");
  };
  const discard = () =>
    modal.confirm({
      title: t("sop.discardAsk", { code: file.code }),
      content: t("sop.discardHint"),
      okText: t("sop.discard"),
      okButtonProps: { danger: true },
      cancelText: t("act.cancel"),
      onOk: () => act.submit("discard"),
    });
  const items = [
    { key: "export", icon: <DownloadOutlined />, label: t("sop.export") },
    ...(mayWrite && file.has_draft && file.published > 0 ? [{ key: "discard", label: t("sop.discard"), danger: true }] : []),
    ...(mayWrite && file.state === "retired" ? [{ key: "restore", label: t("sop.restore") }] : []),
    ...(mayWrite && file.state !== "retired" ? [{ key: "retire", label: t("sop.retire"), danger: true }] : []),
  ];
  const onClick = ({ key }: { key: string }) => {
    if (key === "export") void save();
    else if (key === "discard") discard();
    else act.submit(key as SopStepName);
  };
  return (
    <Dropdown trigger={["click"]} menu={{ items, onClick }}>
      <Button icon={<MoreOutlined />} aria-label={t("sop.moreActs")} loading={act.busy} />
    </Dropdown>
  );
}
