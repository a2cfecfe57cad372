import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Collapse, Input, Tag } from "antd";
import { useId } from "react";
import { checkMapping, connectorHelp } from "../api/outbound";
import type { Checked } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { useFailure } from "../ui/useFailureText";

interface Props {
  value?: string;
  onChange?: (value: string) => void;
}

/** The mapping as text, looked over by the server; each mistake with its place. */
export function MappingEditor({ value = "", onChange }: Props) {
  const { t } = useWords();
  const id = useId();
  const { fail } = useFailure();
  const check = useMutation({ mutationFn: () => checkMapping(value), onError: fail });
  return (
    <section className="mapping-editor">
      <label htmlFor={id}>{t("connectors.mapping")}</label>
      <Input.TextArea
        id={id}
        className="mapping-text"
        value={value}
        spellCheck={false}
        autoSize={{ minRows: 16, maxRows: 34 }}
        onChange={(event) => {
          check.reset();
          onChange?.(event.target.value);
        }}
      />
      <div className="section-acts">
        <Button onClick={() => check.mutate()} loading={check.isPending}>
          {t("connectors.check")}
        </Button>
      </div>
      {check.data && <Verdict checked={check.data} />}
      <Help />
    </section>
  );
}

function Verdict({ checked }: { checked: Checked }) {
  const { t } = useWords();
  if (checked.ok) {
    const objects = Object.keys(checked.objects).map((name) => t.label("syncObject", name));
    return <Alert type="success" showIcon title={t("connectors.mappingFine")} description={objects.join(", ")} />;
  }
  return (
    <Alert
      type="error"
      showIcon
      title={t("connectors.mappingWrong", { count: checked.problems.length })}
      description={
        <ul className="mapping-problems">
          {checked.problems.map(({ place, message }) => (
            <li key={`${place}${message}`}>
              <code>{place}</code> {message}
            </li>
          ))}
        </ul>
      }
    />
  );
}

function Help() {
  const { t } = useWords();
  const help = useQuery({ queryKey: ["connectors", "help"], queryFn: connectorHelp, staleTime: Infinity });
  if (!help.data) return null;
  return (
    <Collapse
      size="small"
      items={[
        {
          key: "fields",
          label: t("connectors.ourFields"),
          children: help.data.objects.map(({ name, fields }) => (
            <p key={name}>
              <strong>{name}</strong>{" "}
              {fields.map((field) => (
                <Tag key={field.name} color={field.needed ? "blue" : undefined}>
                  {field.name}
                  {field.writable === "never" ? " (out)" : ""}
                  {field.refers_to ? ` → ${field.refers_to}` : ""}
                </Tag>
              ))}
            </p>
          )),
        },
        {
          key: "transforms",
          label: t("connectors.transforms"),
          children: Object.entries(help.data.transforms).map(([name, text]) => (
            <p key={name}>
              <code>{name}</code> {text}
            </p>
          )),
        },
        {
          key: "example",
          label: t("connectors.example"),
          children: <pre className="payload">{help.data.example}</pre>,
        },
      ]}
    />
  );
}
