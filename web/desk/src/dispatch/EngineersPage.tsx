import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Input, Table } from "antd";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { useMay } from "../app/session";
import { cancelAbsence, decideAbsence, engineers, requestedAbsences } from "../api/engineers";
import type { Absence, Engineer } from "../api/engineers";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { DispatchTabs } from "./DispatchTabs";
import { EngineerDrawer } from "./EngineerDrawer";
import { NewEngineerDialog } from "./NewEngineerDialog";
import "../styles/dispatch.css";

export const ENGINEER_KEYS = [["engineers"], ["dispatch"]];

/** The field engineers, what they can do and where their day stands. */
export default function EngineersPage() {
  const { t, f } = useWords();
  const may = useMay("dispatch");
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const text = params.get("q") ?? "";
  const open = params.get("engineer");
  const set = (name: string, value: string | null) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: name === "q" },
    );
  const found = useQuery({ queryKey: ["engineers", "today"], queryFn: ({ signal }) => engineers(signal) });
  const shown = useMemo(() => (found.data?.items ?? []).filter((one) => fits(one, text)), [found.data, text]);
  if (found.isPending) return <PageSkeleton />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  return (
    <div className="page">
      <PageHead title={t("dispatch.tab_engineers")} sub={t("dispatch.engineers", { count: found.data.items.length })}>
        {may && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("dispatch.addEngineer")}
          </Button>
        )}
      </PageHead>
      <DispatchTabs />
      {may && <Requests engineers={found.data.items} />}
      <Input.Search
        allowClear
        className="dispatch-search"
        aria-label={t("dispatch.searchEngineers")}
        placeholder={t("dispatch.searchEngineers")}
        value={text}
        onChange={(event) => set("q", event.target.value)}
      />
      <Table<Engineer>
        rowKey="code"
        size="middle"
        dataSource={shown}
        pagination={shown.length > 50 ? { pageSize: 50 } : false}
        scroll={{ x: 900 }}
        onRow={(one) => ({ onClick: () => set("engineer", one.code) })}
        rowClassName="row-open"
        locale={{
          emptyText: <EmptyState title={t("dispatch.noEngineers")} hint={t("dispatch.noEngineersYet")} />,
        }}
        columns={[
          {
            title: t("dispatch.name"),
            render: (_, one) => (
              <Button type="link" onClick={() => set("engineer", one.code)}>
                {one.name}
              </Button>
            ),
          },
          { title: t("dispatch.code"), dataIndex: "code" },
          { title: t("dispatch.city"), dataIndex: "base_city" },
          { title: t("dispatch.stateNow"), render: (_, one) => t.label("engineerState", one.today.state) },
          { title: t("dispatch.level"), dataIndex: "level", align: "right" },
          { title: t("dispatch.skills"), render: (_, one) => one.skills.map((skill) => t.label("skill", skill)).join(", ") },
          { title: t("dispatch.languages"), render: (_, one) => one.languages.map(f.languageName).join(", ") },
          { title: t("dispatch.van"), dataIndex: "van" },
        ]}
      />
      {open && <EngineerDrawer key={open} code={open} mayWrite={may} onClose={() => set("engineer", null)} />}
      {adding && <NewEngineerDialog onClose={() => setAdding(false)} onMade={(code) => set("engineer", code)} />}
    </div>
  );
}

export function fits(one: Engineer, text: string): boolean {
  const told = [one.name, one.code, one.base_city, ...one.skills, ...one.areas, ...one.languages].join(" ").toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => told.includes(word));
}

/** Engineers who ask for days off. */
function Requests({ engineers: all }: { engineers: Engineer[] }) {
  const { t, f } = useWords();
  const found = useQuery({ queryKey: ["engineers", "requests"], queryFn: requestedAbsences });
  const decide = useCommand<{ one: Absence; approve: boolean }, Absence>({
    run: ({ one, approve }, { key }) => decideAbsence(one, approve, key),
    refresh: ENGINEER_KEYS,
    done: (one) => (one.state === "approved" ? { text: t("dispatch.approved"), undo: () => cancelAbsence(one, crypto.randomUUID()) } : t("dispatch.rejected")),
  });
  return (
    <>
      {(found.data?.items ?? []).map((one) => (
        <Alert
          key={one.id}
          type="info"
          showIcon
          title={t("dispatch.asksAway", {
            name: all.find((person) => person.code === one.engineer)?.name ?? one.engineer,
            kind: t.label("absenceKind", one.kind),
            from: f.dateTime(one.from),
            until: f.dateTime(one.until),
          })}
          description={one.note}
          action={
            <>
              <Button size="small" loading={decide.busy} onClick={() => decide.submit({ one, approve: true })}>
                {t("dispatch.approve")}
              </Button>{" "}
              <Button size="small" danger onClick={() => decide.submit({ one, approve: false })}>
                {t("dispatch.reject")}
              </Button>
            </>
          }
        />
      ))}
    </>
  );
}
