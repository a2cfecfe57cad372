import { Form } from "antd";
import type { OwnForm, OwnValues, Subject } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import "../styles/customise.css";
import { OwnInput } from "./OwnInput";
import { plainForm, shownOf, useOwnFields, useText } from "./ownFields";
import { faultOf } from "./validity";

interface Props {
  subject: Subject;
  /** What is filled in so far, for fields that hang on others. */
  values: OwnValues;
  /** Absent: every field in its order. */
  form?: Pick<OwnForm, "sections">;
}

/** The maker's own fields in a form, under the name `custom`; complaints stand beside them. */
export function OwnFormFields({ subject, values, form }: Props) {
  const { t } = useWords();
  const text = useText();
  const fields = useOwnFields(subject);
  const sections = shownOf(form ?? plainForm(fields), fields, values);
  return (
    <>
      {sections.map((section, at) => (
        <fieldset key={at} className="own-section">
          {section.fields.length > 0 && text(section.title) && <legend>{text(section.title)}</legend>}
          {section.fields.map(({ field, item }) => (
            <Form.Item
              key={field.key}
              name={["custom", field.key]}
              label={text(field.label)}
              extra={text(field.help) || (item.required_in.length ? t("own.neededLater") : undefined)}
              initialValue={field.default ?? undefined}
              rules={[
                { required: item.required, message: t("form.needed") },
                {
                  validator: (_, value) => {
                    const fault = faultOf(field, value);
                    return fault
                      ? Promise.reject(new Error(t(`own.fault.${fault}`, { pattern: field.pattern, count: field.min_chars ?? 0 })))
                      : Promise.resolve();
                  },
                },
              ]}
            >
              <OwnInput field={field} />
            </Form.Item>
          ))}
        </fieldset>
      ))}
    </>
  );
}
