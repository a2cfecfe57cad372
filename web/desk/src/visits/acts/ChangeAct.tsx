import { AutoComplete, Button, Drawer, Form, Input } from "antd";
import { changeVisit } from "../../api/visits";
import { useWords } from "../../i18n/LanguageProvider";
import { useCommand } from "../../ui/useCommand";
import { WindowField } from "../WindowField";
import type { WindowValue } from "../WindowField";
import { useEngineers } from "../useEngineers";
import type { ActProps } from "./ActDialog";

interface Values {
  window: WindowValue;
  engineer: string;
  purpose: string;
  site: string;
  reason?: string;
}

/** Move the window, give the visit to another engineer, say better what is to be done. */
export function ChangeAct({ visit, close }: ActProps) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const engineers = useEngineers();
  const { from, until, time_zone } = visit.window;
  const first: Values = {
    window: { from, until, time_zone },
    engineer: visit.engineer,
    purpose: visit.purpose,
    site: visit.site,
  };
  const change = useCommand({
    run: (values: Partial<Values>, { key, version }) =>
      changeVisit(visit.number, values, version, key),
    version: visit.version,
    refresh: [["visits"], ["tickets"]],
    form,
    done: () => t.label("visitDone", "change"),
    onDone: close,
  });
  const submit = (values: Values) => {
    const moved = JSON.stringify(values.window) !== JSON.stringify(first.window);
    change.submit({
      ...(moved && { window: values.window }),
      ...(values.engineer !== first.engineer && { engineer: values.engineer?.trim() ?? "" }),
      ...(values.purpose !== first.purpose && { purpose: values.purpose }),
      ...(values.site !== first.site && { site: values.site }),
      ...(values.reason?.trim() && { reason: values.reason.trim() }),
    });
  };
  const name = t.label("visitAct", "change");
  return (
    <Drawer
      open
      onClose={close}
      size={520}
      title={`${name} · ${visit.number}`}
      footer={
        <div className="form-acts">
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button type="primary" loading={change.busy} onClick={() => form.submit()}>
            {t("act.save")}
          </Button>
        </div>
      }
    >
      <Form<Values> form={form} layout="vertical" initialValues={first} onFinish={submit}>
        <Form.Item name="window" label={t("visit.window")}>
          <WindowField />
        </Form.Item>
        {visit.window.promised && (
          <Form.Item name="reason" label={t("visit.moveReason")} extra={t("visit.moveHint")}>
            <Input maxLength={1000} />
          </Form.Item>
        )}
        <Form.Item name="engineer" label={t("ticket.engineer")}>
          <AutoComplete options={engineers} maxLength={40} />
        </Form.Item>
        <Form.Item name="purpose" label={t("visit.purpose")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={5000} />
        </Form.Item>
        <Form.Item name="site" label={t("visit.site")}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}
