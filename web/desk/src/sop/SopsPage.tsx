import { FileTextOutlined, ImportOutlined, MoreOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { LanguageTag } from "../ui/LanguageTag";
import { ListPage } from "../ui/ListPage";
import { WhenText } from "../ui/WhenText";
import type { ListFilter, Preset, ServerColumn } from "../ui/listShape";
import { ImportButton } from "./ImportButton";
import { ArticleDialog, NewSopDialog } from "./NewSopDialog";
import { SopTabs } from "./SopTabs";
import { sops } from "./api";
import type { Sop } from "./api";
import { HazardTag, SopStateTag } from "./bits";
import { HAZARDS, SOP_STATES, TICKET_TYPES, inLanguage } from "./terms";
import "./sop.css";

export const sopPath = (code: string): string => `/sops/${encodeURIComponent(code)}`;

/** The library of standard procedures. */
export default function SopsPage() {
  const { t, language } = useWords();
  const mayWrite = useMay("sop:write");
  const [making, setMaking] = useState<"new" | "article">();
  const picking = useRef<HTMLInputElement>(null);
  const columns = useSopColumns();
  const filters: ListFilter[] = [
    {
      kind: "many", name: "state", label: t("sop.state"), main: true,
      options: SOP_STATES.map((value) => ({ value, label: t.label("sopState", value) })),
    },
    { kind: "flag", name: "required", label: t("sop.requiredOnly") },
    { kind: "text", name: "model", label: t("sop.model") },
    {
      kind: "one", name: "ticket_type", label: t("sop.ticketType"),
      options: TICKET_TYPES.map((value) => ({ value, label: t.label("type", value) })),
    },
    {
      kind: "one", name: "hazard", label: t("sop.hazard"),
      options: HAZARDS.map((value) => ({ value, label: t.label("sopHazard", value) })),
    },
    { kind: "text", name: "tag", label: t("sop.tag") },
  ];
  const presets: Preset[] = [
    { key: "all", label: t("sop.inUse"), query: { filters: {} } },
    { key: "work", label: t("sop.inWork"), query: { filters: { state: ["draft", "changed"] } } },
    { key: "retired", label: t.label("sopState", "retired"), query: { filters: { state: ["retired"] } } },
  ];
  const create = mayWrite && (
    <>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking("new")}>
        {t("sop.new")}
      </Button>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "article", icon: <FileTextOutlined />, label: t("sop.fromArticle") },
            { key: "file", icon: <ImportOutlined />, label: t("sop.import") },
          ],
          onClick: ({ key }) => (key === "file" ? picking.current?.click() : setMaking("article")),
        }}
      >
        <Button icon={<MoreOutlined />} aria-label={t("sop.moreWays")} />
      </Dropdown>
    </>
  );
  return (
    <>
      <ListPage<Sop>
        subject="sops"
        title={t("nav.sops")}
        search={t("sop.search")}
        empty={{ title: t("sop.empty"), hint: t("sop.emptyHint"), act: create }}
        columns={columns}
        filters={filters}
        presets={presets}
        above={<SopTabs />}
        fetch={sops}
        rowKey={(one) => one.code}
        pathOf={(one) => sopPath(one.code)}
        card={(one) => (
          <>
            <strong>{inLanguage(one.title, language) || one.code}</strong>
            <span className="row-card-facts">
              <SopStateTag state={one.state} />
              <HazardTag hazard={one.hazard} />
              <span className="figures">{one.code}</span>
              <span>{one.models.join(", ")}</span>
            </span>
          </>
        )}
        acts={create}
      />
      {mayWrite && <ImportButton input={picking} />}
      {making === "new" && <NewSopDialog close={() => setMaking(undefined)} />}
      {making === "article" && <ArticleDialog close={() => setMaking(undefined)} />}
    </>
  );
}

function useSopColumns(): ServerColumn<Sop>[] {
  const { t, f, language } = useWords();
  return useMemo(
    () => [
      {
        key: "title", title: t("sop.title"),
        render: (one) => (
          <>
            <Link to={sopPath(one.code)}>{inLanguage(one.title, language) || one.code}</Link>
            <div className="quiet figures">{one.code}</div>
          </>
        ),
      },
      {
        key: "state", title: t("sop.state"), width: 130,
        render: (one) => <SopStateTag state={one.state} />,
      },
      {
        key: "models", title: t("sop.models"), width: 190,
        render: (one) => one.models.join(", ") || t("sop.allModels"),
      },
      { key: "component", title: t("sop.component"), width: 120, render: (one) => one.component },
      { key: "hazard", title: t("sop.hazard"), width: 100, render: (one) => <HazardTag hazard={one.hazard} /> },
      {
        key: "rules", title: t("sop.rules"), width: 130,
        render: (one) =>
          one.rules_count === 0
            ? t("sop.byHand")
            : t(one.required ? "sop.ruleRequired" : "sop.ruleOptional"),
      },
      {
        key: "steps", title: t("sop.steps"), width: 70, align: "end",
        render: (one) => f.number(one.steps_count),
      },
      {
        key: "minutes", title: t("sop.minutes"), width: 90, align: "end",
        render: (one) => (one.minutes ? t("sop.minutesCount", { count: one.minutes }) : ""),
      },
      {
        key: "languages", title: t("sop.languages"), width: 110,
        render: (one) => one.languages.map((code) => <LanguageTag key={code} code={code} />),
      },
      {
        key: "version", title: t("sop.version"), width: 80, align: "end",
        render: (one) => (one.published ? f.number(one.published) : ""),
      },
      {
        key: "tags", title: t("sop.tags"), width: 160, hidden: true,
        render: (one) => one.tags.join(", "),
      },
      {
        key: "updated", title: t("sop.updated"), width: 120, hidden: true,
        render: (one) => <WhenText at={one.updated_at} />,
      },
    ],
    [t, f, language],
  );
}
