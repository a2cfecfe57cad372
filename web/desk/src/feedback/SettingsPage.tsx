import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, InputNumber, Segmented, Select, Switch } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { previewSettings, saveSettings, surveySettings } from "../api/feedback";
import type { SurveySettings } from "../api/feedback";
import { users } from "../api/team";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { useDebounced } from "../ui/useDebounced";
import { useUnsaved } from "../ui/useUnsaved";
import { FeedbackTabs } from "./FeedbackTabs";
import { PagePreview } from "./PagePreview";
import "../styles/feedback.css";

const TYPES = ["incident", "request", "installation", "maintenance", "return"];
const OFFERED = ["zh", "en", "es", "de", "fr"];

/** When customers are asked, what, and what follows a low score; the page stands beside. */
export default function SettingsPage() {
  const { t } = useWords();
  const found = useQuery({ queryKey: ["feedback", "settings"], queryFn: surveySettings });
  return (
    <div className="page">
      <PageHead title={t("nav.feedback")} />
      <FeedbackTabs />
      {found.isPending && <PageSkeleton />}
      {found.isError && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data && <Editor key={found.data.version} settings={found.data} />}
    </div>
  );
}

function Editor({ settings }: { settings: SurveySettings }) {
  const { t, f } = useWords();
  const may = useMay("settings:write");
  const [form] = Form.useForm<SurveySettings>();
  const [draft, setDraft] = useState<SurveySettings>(settings);
  const [changed, setChanged] = useState(false);
  const [lang, setLang] = useState(settings.languages?.[0] ?? "en");
  useUnsaved(changed);
  const { version, updated_at: _, ...facts } = draft;
  const shown = useDebounced(facts);
  const preview = useQuery({
    queryKey: ["feedback", "preview", shown, lang],
    queryFn: () => previewSettings(shown, lang),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const team = useQuery({ queryKey: ["users"], queryFn: users, retry: false });
  const save = useCommand({
    run: (values: Partial<SurveySettings>, how) => saveSettings(values, how.version),
    version,
    refresh: [["feedback", "settings"]],
    form,
    done: () => t("survey.saved"),
    onDone: () => setChanged(false),
  });
  const languages = draft.languages ?? OFFERED;
  return (
    <div className="survey-settings">
      <Form<SurveySettings>
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={!may}
        initialValues={settings}
        onValuesChange={(_change, all) => {
          setChanged(true);
          setDraft({ ...draft, ...form.getFieldsValue(true), ...all });
        }}
        onFinish={() => save.submit(facts)}
      >
        <Form.Item name="active" valuePropName="checked" label={t("survey.active")}>
          <Switch />
        </Form.Item>
        <fieldset>
          <legend>{t("survey.when")}</legend>
          <div className="check-row">
            <Form.Item name="on_closed" valuePropName="checked" noStyle>
              <Checkbox>{t("survey.onClosed")}</Checkbox>
            </Form.Item>
            <Form.Item name="on_visit" valuePropName="checked" noStyle>
              <Checkbox>{t("survey.onVisit")}</Checkbox>
            </Form.Item>
          </div>
          <Form.Item name="types" label={t("survey.types")}>
            <Checkbox.Group options={TYPES.map((value) => ({ value, label: t.label("type", value) }))} />
          </Form.Item>
          <div className="form-three">
            <Form.Item name="delay_minutes" label={t("survey.delay")}>
              <InputNumber min={0} max={20160} precision={0} className="number-field" />
            </Form.Item>
            <Form.Item name="quiet_days" label={t("survey.quiet")}>
              <InputNumber min={0} max={365} precision={0} className="number-field" />
            </Form.Item>
            <Form.Item name="expiry_days" label={t("survey.expiry")}>
              <InputNumber min={1} max={365} precision={0} className="number-field" />
            </Form.Item>
          </div>
          <Form.Item name="ways" label={t("survey.ways")}>
            <Checkbox.Group options={["chat", "mail"].map((value) => ({ value, label: t.label("surveyWay", value) }))} />
          </Form.Item>
          <Form.Item name="needs_consent" valuePropName="checked" noStyle>
            <Checkbox>{t("survey.needsConsent")}</Checkbox>
          </Form.Item>
        </fieldset>
        <fieldset>
          <legend>{t("survey.what")}</legend>
          <div className="check-row">
            {(["ask_csat", "ask_nps", "ask_comment"] as const).map((name) => (
              <Form.Item key={name} name={name} valuePropName="checked" noStyle>
                <Checkbox>{t.label("survey", name)}</Checkbox>
              </Form.Item>
            ))}
          </div>
          <Form.Item name="languages" label={t("survey.languages")} extra={t("survey.languagesHint")}>
            <Select mode="multiple" options={OFFERED.map((value) => ({ value, label: f.languageName(value) }))} />
          </Form.Item>
          <Segmented
            aria-label={t("survey.textLanguage")}
            value={lang}
            onChange={setLang}
            options={languages.map((value) => ({ value, label: f.languageName(value) }))}
          />
          <Form.Item name={["intro", lang]} label={t("survey.intro")}>
            <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} />
          </Form.Item>
          <Form.Item name={["thanks", lang]} label={t("survey.thanks")}>
            <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} />
          </Form.Item>
          <Form.List name="reasons">
            {(fields, { add, remove }) => (
              <div className="reason-list">
                <span>{t("survey.reasons")}</span>
                {fields.map((field) => (
                  <div key={field.key} className="reason-line">
                    <Form.Item name={[field.name, "good"]} noStyle>
                      <Select
                        aria-label={t("survey.offeredWith")}
                        options={[
                          { value: true, label: t("survey.withHigh") },
                          { value: false, label: t("survey.withLow") },
                        ]}
                      />
                    </Form.Item>
                    <Form.Item name={[field.name, "code"]} noStyle>
                      <Input aria-label={t("survey.reasonCode")} maxLength={40} />
                    </Form.Item>
                    <Form.Item name={[field.name, "label", lang]} noStyle>
                      <Input aria-label={t("survey.reasonLabel")} maxLength={200} />
                    </Form.Item>
                    <Button type="text" icon={<DeleteOutlined />} aria-label={t("act.remove", { name: t("survey.reasons") })} onClick={() => remove(field.name)} />
                  </div>
                ))}
                <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ code: `reason_${fields.length + 1}`, good: false, label: {} })}>
                  {t("survey.addReason")}
                </Button>
              </div>
            )}
          </Form.List>
        </fieldset>
        <fieldset>
          <legend>{t("survey.afterLow")}</legend>
          <div className="form-two">
            <Form.Item name="low_csat" label={t("survey.lowCsat")}>
              <InputNumber min={0} max={4} precision={0} className="number-field" />
            </Form.Item>
            <Form.Item name="low_nps" label={t("survey.lowNps")}>
              <InputNumber min={-1} max={9} precision={0} className="number-field" />
            </Form.Item>
          </div>
          <Form.Item name="on_low" label={t("survey.onLow")}>
            <Segmented options={["callback", "case", "none"].map((value) => ({ value, label: t.label("onLow", value) }))} />
          </Form.Item>
          {draft.on_low === "callback" && (
            <div className="form-two">
              <Form.Item name="callback_hours" label={t("survey.callbackHours")}>
                <InputNumber min={1} max={720} precision={0} className="number-field" />
              </Form.Item>
              <Form.Item name="callback_owner" label={t("survey.callbackOwner")}>
                <Select
                  allowClear
                  showSearch={{ optionFilterProp: "label" }}
                  placeholder={t("survey.ownerOfTicket")}
                  options={(team.data ?? []).filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))}
                />
              </Form.Item>
            </div>
          )}
        </fieldset>
        <div className="settings-foot">
          <Button type="primary" htmlType="submit" loading={save.busy} disabled={!changed || !may}>
            {t("act.save")}
          </Button>
        </div>
      </Form>
      <aside aria-label={t("survey.preview")} className="survey-preview">
        <h2>{t("survey.preview")}</h2>
        {preview.isError && <ErrorState error={preview.error} retry={() => preview.refetch()} />}
        {preview.data && <PagePreview preview={preview.data} />}
      </aside>
    </div>
  );
}
