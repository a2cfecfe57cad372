import { Alert, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { useMe } from "../app/session";
import { askErasure, cancelErasure, confirmErasure } from "../api/privacy";
import type { Erasure, PersonPrivacy } from "../api/privacy";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Section } from "../ui/Facts";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";
import { Footprint } from "./PersonDrawer";
import { ERASURE_BASES, namesPerson } from "./terms";

/** Erasing a person: asked first, then confirmed by a second person or by typing the name. */
export function ErasurePanel({ person }: { person: PersonPrivacy }) {
  const { t } = useWords();
  const [open, setOpen] = useState<"ask" | "confirm">();
  const asked = person.erasures.find((one) => one.state === "asked");
  const held = person.holds.some((one) => !one.lifted_at);
  const close = () => setOpen(undefined);
  return (
    <Section title={t("privacy.erasure")}>
      {held && <Alert type="warning" showIcon title={t("privacy.blocked")} />}
      {asked ? (
        <Asked asked={asked} held={held} onConfirm={() => setOpen("confirm")} />
      ) : (
        <>
          <p className="quiet">{t("privacy.eraseHint")}</p>
          <Button danger disabled={held} onClick={() => setOpen("ask")}>
            {t("privacy.ask")}
          </Button>
        </>
      )}
      {open === "ask" && <AskDialog person={person} onClose={close} />}
      {open === "confirm" && asked && <ConfirmDialog person={person} asked={asked} onClose={close} />}
    </Section>
  );
}

function Asked({ asked, held, onConfirm }: { asked: Erasure; held: boolean; onConfirm: () => void }) {
  const { t } = useWords();
  const withdraw = useCommand({
    refresh: [["privacy"]],
    run: (id: string, { key }) => cancelErasure(id, key),
    done: () => t("privacy.withdrawnErasure"),
  });
  return (
    <div className="erasure-asked">
      <p>
        {t("privacy.askedFor", { basis: t.label("erasureBasis", asked.basis) })} <WhenText at={asked.asked_at} />
      </p>
      <div className="form-acts">
        <Button loading={withdraw.busy} onClick={() => withdraw.submit(asked.id)}>
          {t("privacy.withdraw")}
        </Button>
        <Button danger type="primary" disabled={held} onClick={onConfirm}>
          {t("privacy.confirm")}
        </Button>
      </div>
    </div>
  );
}

/** What an erasure takes away, and what it must leave and why. */
function Preview({ person }: { person: PersonPrivacy }) {
  const { t } = useWords();
  return (
    <div className="erasure-preview">
      <h3>{t("privacy.goes")}</h3>
      <Footprint rows={person.footprint.rows} files={person.footprint.files} />
      {person.footprint.kept.length > 0 && (
        <>
          <h3>{t("privacy.stays")}</h3>
          <ul className="footprint">
            {person.footprint.kept.map((one) => (
              <li key={`${one.what}-${one.reason}`}>
                <span>
                  {t.label("dataTable", one.what)}
                  <small className="quiet"> {t.label("keptReason", one.reason)}</small>
                </span>
                <span className="figures">{one.count}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function AskDialog({ person, onClose }: { person: PersonPrivacy; onClose: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<{ basis: string; reason?: string }, Erasure>
      danger
      title={t("privacy.askTitle", { name: person.name })}
      submit={t("privacy.ask")}
      initial={{ basis: "pipl_47" }}
      refresh={[["privacy"]]}
      run={({ basis, reason }, { key }) =>
        askErasure(person.contact_id, { basis, reason: reason?.trim() ?? "" }, key)
      }
      done={() => t("privacy.asked")}
      onClose={onClose}
    >
      <Preview person={person} />
      <Form.Item name="basis" label={t("privacy.basis")}>
        <Select options={ERASURE_BASES.map((one) => ({ value: one, label: t.label("erasureBasis", one) }))} />
      </Form.Item>
      <Form.Item name="reason" label={t("privacy.case")} extra={t("privacy.caseHint")}>
        <Input maxLength={300} />
      </Form.Item>
    </ActDialog>
  );
}

interface ConfirmProps {
  person: PersonPrivacy;
  asked: Erasure;
  onClose: () => void;
}

function ConfirmDialog({ person, asked, onClose }: ConfirmProps) {
  const { t } = useWords();
  const me = useMe();
  const own = asked.asked_by === `user:${me.id}` || asked.asked_by === me.id;
  return (
    <ActDialog<{ typed?: string }, Erasure>
      danger
      title={t("privacy.confirmTitle", { name: person.name })}
      submit={t("privacy.confirm")}
      refresh={[["privacy"], ["customers"]]}
      run={({ typed }, { key }) => confirmErasure(asked.id, typed?.trim() ?? "", key)}
      done={() => t("privacy.erased")}
      onClose={onClose}
    >
      <Alert type="error" showIcon title={t("privacy.noUndo")} />
      <Preview person={person} />
      <Form.Item
        name="typed"
        label={t("privacy.type", { name: person.name })}
        extra={own ? t("privacy.typeOwn") : t("privacy.typeOther")}
        rules={[
          {
            validator: async (_, typed?: string) => {
              if (!namesPerson(typed ?? "", person.name)) throw new Error(t("privacy.typeRule"));
            },
          },
        ]}
      >
        <Input autoFocus autoComplete="off" maxLength={300} />
      </Form.Item>
    </ActDialog>
  );
}
