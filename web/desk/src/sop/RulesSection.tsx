import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Modal, Select, Switch } from "antd";
import { useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { useCommand } from "../ui/useCommand";
import { setRules } from "./api";
import type { Rule, SopFile } from "./api";
import { TICKET_TYPES } from "./terms";

const NEW: Rule = { models: [], ticket_types: [], components: [], codes: [], plans: [], required: true };
const FREE = ["codes", "models", "components", "plans"] as const;

/** On which visits the procedure is put by itself. */
export function RulesSection({ file, mayWrite }: { file: SopFile; mayWrite: boolean }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Section
      title={t("sop.rules")}
      extra={
        mayWrite && (
          <Button
            size="small"
            type="text"
            icon={<EditOutlined />}
            aria-label={t("act.edit", { name: t("sop.rules") })}
            onClick={() => setOpen(true)}
          />
        )
      }
    >
      {file.rules.length === 0 ? (
        <p className="quiet">{t("sop.noRules")}</p>
      ) : (
        <ul className="family">
          {file.rules.map((rule, index) => (
            <li key={index}>
              <RuleText rule={rule} />
            </li>
          ))}
        </ul>
      )}
      {open && <RulesDialog file={file} close={() => setOpen(false)} />}
    </Section>
  );
}

function RuleText({ rule }: { rule: Rule }) {
  const { t } = useWords();
  const types = (rule.ticket_types ?? []).map((one) => t.label("type", one));
  const said = [rule.models, types, rule.codes, rule.components, rule.plans]
    .map((one) => (one ?? []).join(" / "))
    .filter(Boolean);
  return (
    <>
      {said.join(" · ") || t("sop.everyVisit")}{" "}
      <span className="tag" data-sop={rule.required ? "published" : "draft"}>
        {t(rule.required ? "sop.required" : "sop.optional")}
      </span>
    </>
  );
}

function RulesDialog({ file, close }: { file: SopFile; close: () => void }) {
  const { t } = useWords();
  const [rules, setOwn] = useState<Rule[]>(file.rules);
  const save = useCommand({
    run: (next: Rule[], how) => setRules(file.code, next, how),
    version: file.version,
    refresh: [["sops"]],
    done: () => t("sop.rulesSaved"),
    onDone: close,
  });
  const change = (index: number, part: Partial<Rule>) =>
    setOwn(rules.map((one, place) => (place === index ? { ...one, ...part } : one)));
  return (
    <Modal
      open
      width={640}
      title={`${t("sop.rules")} · ${file.code}`}
      okText={t("act.save")}
      cancelText={t("act.cancel")}
      okButtonProps={{ loading: save.busy }}
      onOk={() => save.submit(rules)}
      onCancel={close}
    >
      <p className="quiet">{t("sop.rulesHint")}</p>
      {rules.map((rule, index) => (
        <fieldset key={index} className="rule">
          <legend>{t("sop.ruleNo", { number: index + 1 })}</legend>
          <div className="form-two">
            <label>
              {t("sop.ticketTypes")}
              <Select
                mode="multiple"
                value={rule.ticket_types}
                placeholder={t("sop.any")}
                options={TICKET_TYPES.map((value) => ({ value, label: t.label("type", value) }))}
                onChange={(ticket_types: string[]) => change(index, { ticket_types })}
              />
            </label>
            {FREE.map((name) => (
              <label key={name}>
                {t.label("sopRule", name)}
                <Select
                  mode="tags"
                  open={false}
                  suffixIcon={null}
                  value={rule[name]}
                  placeholder={t(name === "models" ? "sop.modelsOfSop" : "sop.any")}
                  tokenSeparators={[",", ";"]}
                  onChange={(values: string[]) => change(index, { [name]: values })}
                />
              </label>
            ))}
            <label className="rule-switch">
              <Switch checked={rule.required} onChange={(required) => change(index, { required })} />
              {t("sop.ruleHolds")}
            </label>
          </div>
          <Button
            size="small"
            danger
            type="text"
            icon={<DeleteOutlined />}
            onClick={() => setOwn(rules.filter((_, place) => place !== index))}
          >
            {t("sop.removeRule")}
          </Button>
        </fieldset>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => setOwn([...rules, NEW])}>
        {t("sop.addRule")}
      </Button>
    </Modal>
  );
}
