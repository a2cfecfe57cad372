import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Segmented, Tag } from "antd";
import { useState } from "react";
import { SUBJECTS, orderFields, ownFields } from "../api/customise";
import type { OwnField, Subject } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { FieldDrawer } from "./FieldDrawer";
import { Movable } from "./Movable";
import { FIELDS_KEY, useText } from "./ownFields";
import "../styles/customise.css";

/** The maker's own fields, subject by subject: add, change, order, take out of use. */
export function FieldsSection() {
  const { t } = useWords();
  const text = useText();
  const [subject, setSubject] = useState<Subject>("ticket");
  const [edited, setEdited] = useState<OwnField | "new">();
  const fields = useQuery({ queryKey: FIELDS_KEY, queryFn: ownFields });
  const order = useCommand({
    run: (rows: OwnField[]) => orderFields(subject, rows.map((one) => one.id)),
    refresh: [FIELDS_KEY],
    done: () => t("own.ordered"),
  });
  if (fields.isPending) return <LinesSkeleton />;
  if (!fields.data) return <ErrorState error={fields.error} retry={() => fields.refetch()} />;
  const rows = fields.data.items.filter((one) => one.object === subject);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited("new")}>
      {t("own.addField")}
    </Button>
  );
  return (
    <div className="customise">
      <p className="quiet">{t("own.fieldsHint")}</p>
      <div className="customise-bar">
        <Segmented<Subject>
          value={subject}
          options={SUBJECTS.map((one) => ({ value: one, label: t.label("ownSubject", one) }))}
          onChange={setSubject}
        />
        {rows.length > 0 && add}
      </div>
      {rows.length === 0 ? (
        <EmptyState
          title={t("own.noFields", { subject: t.label("ownSubject", subject) })}
          hint={t("own.noFieldsHint")}
        >
          {add}
        </EmptyState>
      ) : (
        <Movable
          items={rows}
          keyOf={(one) => one.id}
          nameOf={(one) => text(one.label)}
          onOrder={(next) => order.submit(next)}
          render={(one) => <FieldLine field={one} open={() => setEdited(one)} />}
        />
      )}
      {edited && (
        <FieldDrawer
          subject={subject}
          field={edited === "new" ? undefined : edited}
          close={() => setEdited(undefined)}
        />
      )}
    </div>
  );
}

const MARKS = ["required", "in_list", "searchable", "public"] as const;

function FieldLine({ field, open }: { field: OwnField; open: () => void }) {
  const { t } = useWords();
  const text = useText();
  return (
    <button type="button" className="line-button" onClick={open}>
      <strong>{text(field.label)}</strong>
      <code>{field.key}</code>
      <span className="quiet">
        {t.label("ownType", field.type)}
        {field.unit && ` · ${field.unit}`}
      </span>
      {MARKS.filter((one) => field[one]).map((one) => (
        <Tag key={one}>{t.label("ownMark", one)}</Tag>
      ))}
      {!field.active && <Tag color="default">{t("own.inactive")}</Tag>}
    </button>
  );
}
