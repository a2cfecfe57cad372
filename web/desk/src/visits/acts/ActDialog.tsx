import { Button, Drawer, Form } from "antd";
import type { ReactNode } from "react";
import { actOnVisit } from "../../api/visits";
import type { Visit, VisitAct } from "../../api/visits";
import { useWords } from "../../i18n/LanguageProvider";
import { useCommand } from "../../ui/useCommand";
import { useUnsaved } from "../../ui/useUnsaved";
import { bodyOf } from "./bodies";

export interface ActProps {
  visit: Visit;
  close: () => void;
}

interface Props extends ActProps {
  act: VisitAct;
  first?: Record<string, unknown>;
  /** Sent with what the form holds. */
  extra?: () => Record<string, unknown>;
  /** Facts are added without a version; steps and words of the report are based on one. */
  based?: boolean;
  danger?: boolean;
  children?: ReactNode;
}

/** The frame of an act on a visit: its fields, one button, and the reason where it fails. */
export function ActDialog({ visit, act, first, extra, based, danger, close, children }: Props) {
  const { t } = useWords();
  const [form] = Form.useForm<Record<string, unknown>>();
  useUnsaved(form.isFieldsTouched());
  const send = useCommand({
    run: (values: Record<string, unknown>, { key, version }) =>
      actOnVisit(visit.number, act, based ? { ...values, version } : values, key),
    version: based ? visit.version : undefined,
    refresh: [["visits"], ["tickets"]],
    form,
    done: () => t.label("visitDone", act),
    onDone: close,
  });
  const name = t.label("visitAct", act);
  return (
    <Drawer
      open
      onClose={close}
      size={480}
      title={`${name} · ${visit.number}`}
      footer={
        <div className="form-acts">
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button type="primary" danger={danger} loading={send.busy} onClick={() => form.submit()}>
            {name}
          </Button>
        </div>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={first}
        onFinish={(values) => send.submit(bodyOf({ ...values, ...extra?.() }))}
      >
        {children}
      </Form>
    </Drawer>
  );
}
