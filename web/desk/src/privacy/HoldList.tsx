import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Popconfirm } from "antd";
import { useState } from "react";
import { liftHold, placeHold } from "../api/privacy";
import type { PersonPrivacy } from "../api/privacy";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Section } from "../ui/Facts";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";

/** Reasons for which a person's data must be kept for now; with one, nothing is erased. */
export function HoldList({ person }: { person: PersonPrivacy }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const refresh = [["privacy", person.contact_id]];
  const lift = useCommand({
    refresh,
    run: (id: string) => liftHold(id),
    done: () => t("privacy.lifted"),
  });
  return (
    <Section
      title={t("privacy.holds")}
      extra={
        !person.erased && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("privacy.hold")}
          </Button>
        )
      }
    >
      {person.holds.length === 0 && <p className="quiet">{t("state.none")}</p>}
      <ul className="rows">
        {person.holds.map((one) => (
          <li key={one.id} className={one.lifted_at ? "row-off" : undefined}>
            <span className="row-text">
              <span>{one.reason}</span>
              <small>
                <WhenText at={one.placed_at} />
                {one.lifted_at && (
                  <>
                    {" – "}
                    <WhenText at={one.lifted_at} />
                  </>
                )}
              </small>
            </span>
            {!one.lifted_at && (
              <Popconfirm
                title={t("privacy.liftAsk")}
                okText={t("privacy.lift")}
                cancelText={t("act.cancel")}
                onConfirm={() => lift.submit(one.id)}
              >
                <Button size="small">{t("privacy.lift")}</Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <ActDialog<{ reason: string }, unknown>
          title={t("privacy.hold")}
          hint={t("privacy.holdHint")}
          submit={t("privacy.hold")}
          refresh={refresh}
          run={({ reason }, { key }) => placeHold(person.contact_id, reason.trim(), key)}
          onClose={() => setAdding(false)}
        >
          <Form.Item
            name="reason"
            label={t("stock.reason")}
            rules={[{ required: true, whitespace: true, min: 3, message: t("form.reasonNeeded") }]}
          >
            <Input autoFocus maxLength={300} />
          </Form.Item>
        </ActDialog>
      )}
    </Section>
  );
}
