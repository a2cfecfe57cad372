import { Checkbox, Form, Input, Modal } from "antd";
import { useNavigate } from "react-router";
import { splitTicket } from "../../api/tickets";
import type { TicketFile } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { useCommand } from "../../ui/useCommand";

interface Values {
  title: string;
  description: string;
  lines: number[];
  as_child: boolean;
}

/** A second matter in a ticket becomes one of its own, with the comments that belong to it. */
export function SplitDialog({ file, close }: { file: TicketFile; close: () => void }) {
  const { t, f } = useWords();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const { ticket } = file;
  const comments = file.history.filter((one) => one.kind === "comment" && !one.ticket).slice(-12);
  const split = useCommand({
    run: (values: Values, { key }) => splitTicket(ticket.number, values, key),
    refresh: [["tickets"]],
    form,
    done: (fresh) => t("ticket.created", { number: fresh.number }),
    onDone: (fresh) => {
      close();
      void navigate(`/tickets/${encodeURIComponent(fresh.number)}`);
    },
  });
  return (
    <Modal
      open
      title={t("ticket.splitTitle", { number: ticket.number })}
      okText={t("ticket.split")}
      cancelText={t("act.cancel")}
      okButtonProps={{ loading: split.busy }}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ description: "", lines: [], as_child: false }}
        onFinish={split.submit}
      >
        <Form.Item
          name="title"
          label={t("ticket.title")}
          rules={[{ required: true, whitespace: true, message: t("ticket.titleNeeded") }]}
        >
          <Input autoFocus maxLength={300} />
        </Form.Item>
        <Form.Item name="description" label={t("ticket.description")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={20_000} />
        </Form.Item>
        {comments.length > 0 && (
          <Form.Item name="lines" label={t("ticket.splitLines")}>
            <Checkbox.Group
              className="split-lines"
              options={comments.map((one) => ({
                value: one.seq,
                label: `${f.dateTime(one.created_at)} · ${one.text.slice(0, 80)}`,
              }))}
            />
          </Form.Item>
        )}
        <Form.Item name="as_child" valuePropName="checked" noStyle>
          <Checkbox>{t("ticket.splitChild")}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}
