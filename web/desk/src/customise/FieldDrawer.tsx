import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, App, Button, Drawer, Form, Input, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import { FIELD_TYPES, addField, changeField } from "../api/customise";
import type { FieldChanged, FieldFacts, FieldType, OwnField, Subject } from "../api/customise";
import { isStatus } from "../api/problem";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { LabelInput } from "./LabelInput";
import { OwnInput } from "./OwnInput";
import { FIELDS_KEY, FORMS_KEY } from "./ownFields";

type Values = FieldFacts & { key: string };

const EMPTY: Partial<Values> = {
  type: "text", label: {}, help: {}, options: [], active: true, required: false, searchable: false,
  in_list: false, public: false, unit: "", pattern: "",
};
const CHOICES: FieldType[] = ["choice", "multi_choice"];
const SEARCHABLE: FieldType[] = ["text", "link", "email", "phone"];
const LIMITS: Partial<Record<FieldType, (keyof FieldFacts)[]>> = {
  number: ["unit", "decimals", "low", "high"],
  date: ["earliest", "latest"],
  datetime: ["earliest", "latest"],
  text: ["min_chars", "max_chars", "pattern"],
  long_text: ["min_chars", "max_chars"],
};
const ALL_LIMITS = ["unit", "decimals", "low", "high", "earliest", "latest", "min_chars", "max_chars", "pattern"] as const;

interface Props {
  subject: Subject;
  /** Absent: a new one. */
  field?: OwnField;
  close: () => void;
}

/** One field: what it is called, what it holds, where it shows. */
export function FieldDrawer({ subject, field, close }: Props) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [changed, setChanged] = useState(false);
  const [report, setReport] = useState<FieldChanged>();
  useUnsaved(changed);
  const values = (Form.useWatch([], form) ?? field ?? EMPTY) as Values;
  const save = useCommand<Partial<Values> & { migrate?: boolean }, OwnField | FieldChanged>({
    run: (body, { key, version }) =>
      field
        ? changeField(field.id, { ...body, version })
        : addField({ ...body, object: subject, key: body.key ?? "" }, key),
    version: field?.version,
    refresh: [FIELDS_KEY, FORMS_KEY],
    form,
    quiet: true,
    done: () => t("own.fieldSaved"),
    onDone: (result) => {
      setChanged(false);
      if ("converted" in result && result.converted + result.lost > 0) setReport(result);
      else close();
    },
  });
  const submit = (migrate = false) => save.submit({ ...sent(values, field), ...(migrate && { migrate }) });
  const retyped = field && values.type !== field.type;
  const blocked = isStatus(save.error, 409) && retyped;
  return (
    <Drawer
      open
      size={560}
      onClose={close}
      title={field ? t("act.edit", { name: field.key }) : t("own.addField")}
      rootClassName="ticket-drawer"
    >
      {report ? (
        <Report report={report} close={close} />
      ) : (
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={field ?? EMPTY}
          onValuesChange={() => setChanged(true)}
          onFinish={() => submit()}
        >
          <Form.Item name="label" label={t("own.label")} rules={[{ validator: someText(t("form.needed")) }]}>
            <LabelInput max={120} />
          </Form.Item>
          <div className="form-two">
            <Form.Item
              name="key"
              label={t("own.key")}
              extra={t("own.keyHint")}
              rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("own.keyRule") }]}
            >
              <Input disabled={!!field} maxLength={40} spellCheck={false} />
            </Form.Item>
            <Form.Item name="type" label={t("own.type")}>
              <Select options={FIELD_TYPES.map((value) => ({ value, label: t.label("ownType", value) }))} />
            </Form.Item>
          </div>
          {retyped && <Alert type="warning" showIcon className="own-note" title={t("own.retypeHint")} />}
          {CHOICES.includes(values.type) && <Options field={field} />}
          <LimitFields names={LIMITS[values.type] ?? []} />
          <Form.Item name="help" label={t("own.help")}>
            <LabelInput max={500} area />
          </Form.Item>
          <Form.Item name="default" label={t("own.default")}>
            <OwnInput field={{ ...EMPTY, ...values, id: "", object: subject, position: 0, version: 0 } as OwnField} />
          </Form.Item>
          <div className="switches">
            {(["required", "in_list", "public", "searchable", "active"] as const)
              .filter((one) => one !== "searchable" || SEARCHABLE.includes(values.type))
              .map((one) => (
                <label key={one} className="switch-line">
                  <Form.Item name={one} valuePropName="checked" noStyle>
                    <Switch size="small" />
                  </Form.Item>
                  <span>
                    {t.label("ownSwitch", one)}
                    <small className="quiet">{t.label("ownSwitchHint", one)}</small>
                  </span>
                </label>
              ))}
          </div>
          {save.error && !blocked && (
            <Alert type="error" showIcon className="own-note" title={save.error.message} />
          )}
          <div className="form-acts">
            <Button onClick={close}>{t("act.cancel")}</Button>
            <Button
              type="primary"
              loading={save.busy}
              onClick={() => {
                if (!blocked) return form.submit();
                return modal.confirm({
                  title: t("own.migrateTitle"),
                  content: save.error?.message,
                  okText: t("own.migrate"),
                  cancelText: t("act.cancel"),
                  onOk: () => submit(true),
                });
              }}
            >
              {blocked ? t("own.migrate") : t("act.save")}
            </Button>
          </div>
        </Form>
      )}
    </Drawer>
  );
}

const someText = (message: string) => (_: unknown, value?: Record<string, string>) =>
  Object.values(value ?? {}).some((one) => one.trim())
    ? Promise.resolve()
    : Promise.reject(new Error(message));

/** What is sent: the facts, and only the limits that belong to the type. */
function sent(values: Values, field?: OwnField): Partial<Values> {
  const own = LIMITS[values.type] ?? [];
  const limits = Object.fromEntries(
    ALL_LIMITS.filter((one) => own.includes(one)).map((one) => [
      one,
      values[one] ?? (one === "unit" || one === "pattern" ? "" : null),
    ]),
  );
  const { label, help, type, required, in_list, active } = values;
  return {
    label, help, type, required, in_list, active,
    public: values.public,
    searchable: SEARCHABLE.includes(type) && values.searchable,
    default: values.default ?? null,
    options: CHOICES.includes(type) ? (values.options ?? []).map(withId) : [],
    ...limits,
    ...(field ? {} : { key: values.key }),
  } as Partial<Values>;
}

/** An option of its own gets an id from its English text, once. */
function withId(option: FieldFacts["options"][number], at: number): FieldFacts["options"][number] {
  const word = (option.label?.en ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "");
  return { ...option, id: option.id || word.slice(0, 40) || `option_${at + 1}`, retired: !!option.retired };
}

function LimitFields({ names }: { names: (keyof FieldFacts)[] }) {
  const { t } = useWords();
  if (names.length === 0) return null;
  const input = (name: keyof FieldFacts) => {
    if (name === "earliest" || name === "latest") return <Input type="date" />;
    if (name === "unit" || name === "pattern") return <Input maxLength={80} />;
    return <InputNumber className="number-field" min={name.endsWith("chars") || name === "decimals" ? 0 : undefined} />;
  };
  return (
    <div className="form-two">
      {names.map((name) => (
        <Form.Item
          key={name}
          name={name}
          label={t.label("ownLimit", name)}
          extra={name === "pattern" ? t("own.patternHint") : undefined}
        >
          {input(name)}
        </Form.Item>
      ))}
    </div>
  );
}

function Options({ field }: { field?: OwnField }) {
  const { t } = useWords();
  const known = new Set(field?.options.map((one) => one.id));
  return (
    <Form.Item label={t("own.options")} required>
      <Form.List name="options">
        {(rows, { add, remove }) => (
          <div className="option-list">
            {rows.map(({ key, name }) => (
              <Form.Item key={key} noStyle shouldUpdate>
                {({ getFieldValue }) => {
                  const id: string | undefined = getFieldValue(["options", name, "id"]);
                  return (
                    <div className="option-line">
                      <Form.Item name={[name, "label"]} noStyle>
                        <LabelInput max={120} />
                      </Form.Item>
                      {id && known.has(id) ? (
                        <label className="switch-line">
                          <Form.Item name={[name, "retired"]} valuePropName="checked" noStyle>
                            <Switch size="small" />
                          </Form.Item>
                          {t("own.retired")}
                        </label>
                      ) : (
                        <Button
                          type="text"
                          icon={<DeleteOutlined />}
                          aria-label={t("act.remove", { name: String(name + 1) })}
                          onClick={() => remove(name)}
                        />
                      )}
                    </div>
                  );
                }}
              </Form.Item>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ id: "", label: {}, retired: false })}>
              {t("own.addOption")}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

function Report({ report, close }: { report: FieldChanged; close: () => void }) {
  const { t } = useWords();
  return (
    <>
      <Alert
        type={report.lost ? "warning" : "success"}
        showIcon
        title={t("own.migrated", { kept: report.converted, lost: report.lost })}
      />
      <ul className="lost-values">
        {report.lost_values.map((one) => (
          <li key={one.object_id}>
            <code>{JSON.stringify(one.value)}</code> <span className="quiet">{one.reason}</span>
          </li>
        ))}
      </ul>
      <div className="form-acts">
        <Button type="primary" onClick={close}>
          {t("act.close")}
        </Button>
      </div>
    </>
  );
}
