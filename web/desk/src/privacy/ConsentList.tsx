import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Radio, Select } from "antd";
import { useState } from "react";
import { recordConsent } from "../api/privacy";
import type { PersonPrivacy } from "../api/privacy";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Section } from "../ui/Facts";
import { WhenText } from "../ui/WhenText";
import { CONSENT_CHANNELS, CONSENT_PURPOSES } from "./terms";

interface Values {
  purpose: string;
  given: boolean;
  channel: string;
  remark?: string;
}

/** What a person agreed to, now and before. */
export function ConsentList({ person }: { person: PersonPrivacy }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t("privacy.consents")}
      extra={
        !person.erased && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("privacy.record")}
          </Button>
        )
      }
    >
      <ul className="consents">
        {CONSENT_PURPOSES.map((purpose) => {
          const given = person.in_force[purpose];
          return (
            <li key={purpose} data-given={given ?? "unknown"}>
              <span>{t.label("consentPurpose", purpose)}</span>
              <strong>
                {given === undefined ? t("privacy.never") : t(given ? "privacy.given" : "privacy.withdrawn")}
              </strong>
            </li>
          );
        })}
      </ul>
      {person.consents.length > 0 && (
        <details className="consent-history">
          <summary>{t("privacy.history", { count: person.consents.length })}</summary>
          <ul>
            {person.consents.map((one) => (
              <li key={one.id}>
                <WhenText at={one.at} /> {t.label("consentPurpose", one.purpose)}:{" "}
                {t(one.given ? "privacy.given" : "privacy.withdrawn")} · {t.label("consentChannel", one.channel)}
                {one.remark && ` · ${one.remark}`}
              </li>
            ))}
          </ul>
        </details>
      )}
      {adding && (
        <ActDialog<Values, unknown>
          title={t("privacy.record")}
          submit={t("act.save")}
          initial={{ purpose: "service", given: true, channel: "phone" }}
          refresh={[["privacy", person.contact_id]]}
          run={({ purpose, given, channel, remark }, { key }) =>
            recordConsent(person.contact_id, { purpose, given, channel, remark: remark?.trim() ?? "" }, key)
          }
          done={() => t("privacy.recorded")}
          onClose={() => setAdding(false)}
        >
          <Form.Item name="purpose" label={t("privacy.purpose")}>
            <Select
              options={CONSENT_PURPOSES.map((one) => ({ value: one, label: t.label("consentPurpose", one) }))}
            />
          </Form.Item>
          <Form.Item name="given">
            <Radio.Group
              options={[
                { value: true, label: t("privacy.given") },
                { value: false, label: t("privacy.withdrawn") },
              ]}
            />
          </Form.Item>
          <Form.Item name="channel" label={t("privacy.channel")}>
            <Select
              options={CONSENT_CHANNELS.map((one) => ({ value: one, label: t.label("consentChannel", one) }))}
            />
          </Form.Item>
          <Form.Item name="remark" label={t("privacy.proof")}>
            <Input maxLength={300} />
          </Form.Item>
        </ActDialog>
      )}
    </Section>
  );
}
