import { Input, InputNumber, Select } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import { NeedFields } from "./NeedFields";
import { TextPair } from "./TextPair";
import type { Content } from "./api";
import { TICKET_TYPES } from "./terms";

interface Props {
  content: Content;
  languages: string[];
  change: (content: Content, typing?: string) => void;
}

/** What the procedure is called and for what it is. */
export function HeadForm({ content, languages, change }: Props) {
  const { t } = useWords();
  const set = (part: Partial<Content>, typing = "") => change({ ...content, ...part }, typing);
  return (
    <>
      <TextPair
        label={t("sop.title")}
        field="title"
        texts={content.title}
        languages={languages}
        max={200}
        onChange={(title, typing) => set({ title }, `head.${typing}`)}
      />
      <TextPair
        label={t("sop.summary")}
        field="summary"
        texts={content.summary}
        languages={languages}
        max={4000}
        rows={2}
        onChange={(summary, typing) => set({ summary }, `head.${typing}`)}
      />
      <div className="form-two">
        <Tags label={t("sop.models")} value={content.models} hint={t("sop.allModels")} onChange={(models) => set({ models })} />
        <label className="field">
          <span className="field-label">{t("sop.ticketTypes")}</span>
          <Select
            mode="multiple"
            value={content.ticket_types}
            placeholder={t("sop.any")}
            options={TICKET_TYPES.map((value) => ({ value, label: t.label("type", value) }))}
            onChange={(ticket_types: string[]) => set({ ticket_types })}
          />
        </label>
        <label className="field">
          <span className="field-label">{t("sop.component")}</span>
          <Input
            value={content.component}
            maxLength={120}
            onChange={(event) => set({ component: event.target.value }, "head.component")}
          />
        </label>
        <Tags label={t("sop.tags")} value={content.tags} onChange={(tags) => set({ tags })} />
        <label className="field">
          <span className="field-label">{t("sop.minutesWhole")}</span>
          <InputNumber
            min={0}
            max={10_000}
            precision={0}
            value={content.minutes}
            onChange={(minutes) => set({ minutes: minutes ?? 0 }, "head.minutes")}
          />
        </label>
      </div>
      <NeedFields
        parts={content.parts}
        tools={content.tools}
        onParts={(parts) => set({ parts }, "head.parts")}
        onTools={(tools) => set({ tools })}
      />
    </>
  );
}

function Tags(props: { label: string; value: string[]; hint?: string; onChange: (value: string[]) => void }) {
  return (
    <label className="field">
      <span className="field-label">{props.label}</span>
      <Select
        mode="tags"
        open={false}
        suffixIcon={null}
        value={props.value}
        placeholder={props.hint}
        tokenSeparators={[",", ";", "，", "；"]}
        onChange={props.onChange}
      />
    </label>
  );
}
