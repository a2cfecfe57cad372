import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Segmented, Switch } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { changeRule, orderRules, ruleCatalog, rules } from "../api/customise";
import type { Rule, RuleCatalog } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { Movable } from "./Movable";
import { RuleEditor } from "./RuleEditor";
import { RuleLog } from "./RuleLog";
import { RuleSentence } from "./RuleSentence";
import "../styles/customise.css";

export const RULES_KEY = ["rules"];

/** Rules in their order, each as a sentence; one to edit by its address; the log beside them. */
export function RulesSection() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { item } = useParams();
  const [tab, setTab] = useState<"list" | "log">("list");
  const found = useQuery({ queryKey: RULES_KEY, queryFn: rules });
  const catalog = useQuery({ queryKey: ["rule-catalog"], queryFn: ruleCatalog });
  if (found.isPending || catalog.isPending) return <LinesSkeleton />;
  if (!found.data || !catalog.data) {
    return <ErrorState error={found.error ?? catalog.error} retry={() => found.refetch()} />;
  }
  if (item) {
    const rule = found.data.items.find((one) => one.id === item);
    if (!rule && item !== "new") {
      return (
        <EmptyState title={t("rule.gone")}>
          <Link to="/settings/rules">{t("rule.all")}</Link>
        </EmptyState>
      );
    }
    return <RuleEditor key={`${item}.${rule?.version ?? 0}`} rule={rule} catalog={catalog.data} />;
  }
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/settings/rules/new")}>
      {t("rule.add")}
    </Button>
  );
  return (
    <div className="customise">
      <p className="quiet">{t("rule.hint")}</p>
      <div className="customise-bar">
        <Segmented<"list" | "log">
          value={tab}
          options={[
            { value: "list", label: t("rule.all") },
            { value: "log", label: t("rule.log") },
          ]}
          onChange={setTab}
        />
        {tab === "list" && found.data.items.length > 0 && add}
      </div>
      {tab === "log" ? (
        <RuleLog catalog={catalog.data} />
      ) : found.data.items.length === 0 ? (
        <EmptyState title={t("rule.none")} hint={t("rule.noneHint")}>
          {add}
        </EmptyState>
      ) : (
        <List rows={found.data.items} catalog={catalog.data} />
      )}
    </div>
  );
}

function List({ rows, catalog }: { rows: Rule[]; catalog: RuleCatalog }) {
  const { t } = useWords();
  const order = useCommand({
    run: (next: Rule[]) => orderRules(next.map((one) => one.id)),
    refresh: [RULES_KEY],
    done: () => t("own.ordered"),
  });
  return (
    <Movable
      items={rows}
      keyOf={(one) => one.id}
      nameOf={(one) => one.name}
      onOrder={(next) => order.submit(next)}
      render={(one) => <Line rule={one} catalog={catalog} />}
    />
  );
}

function Line({ rule, catalog }: { rule: Rule; catalog: RuleCatalog }) {
  const { t, f } = useWords();
  const toggle = useCommand({
    run: (active: boolean, { version }) => changeRule(rule.id, { active, version }),
    version: rule.version,
    refresh: [RULES_KEY],
    done: (_, active) => t(active ? "rule.switchedOn" : "rule.switchedOff", { name: rule.name }),
  });
  return (
    <article className={rule.active ? "rule-line" : "rule-line rule-off"}>
      <header>
        <Switch
          size="small"
          checked={rule.active}
          loading={toggle.busy}
          aria-label={t("rule.on", { name: rule.name })}
          onChange={(active) => toggle.submit(active)}
        />
        <Link to={`/settings/rules/${rule.id}`}>
          <strong>{rule.name}</strong>
        </Link>
        <span className="quiet">
          {t("rule.acted", { count: rule.acted })}
          {rule.failed > 0 && ` · ${t("rule.failed", { count: rule.failed })}`}
          {rule.last_acted_at && ` · ${f.dateTime(rule.last_acted_at)}`}
        </span>
      </header>
      <RuleSentence rule={rule} catalog={catalog} />
      {rule.stopped_reason && (
        <Alert type="warning" showIcon title={t("rule.stopped")} description={rule.stopped_reason} />
      )}
    </article>
  );
}
