import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Select, Skeleton } from "antd";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { ticketDraft } from "../../api/conversations";
import { openTicket } from "../../api/tickets";
import type { ConversationDetail, OpenTicket } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { PRIORITIES, TYPES } from "../../tickets/terms";
import { ErrorState } from "../../ui/ErrorState";
import { Spark } from "../../ui/Spark";
import { useFailureText } from "../../ui/useFailureText";
import { useStored, writeStored } from "../../ui/useStored";
import { useUnsaved } from "../../ui/useUnsaved";

interface Props {
  conversation: ConversationDetail;
  onDone: () => void;
}

/** A ticket out of the conversation, filled in by the machine, checked and sent by a person. */
export function TicketForm({ conversation, onDone }: Props) {
  const draft = useQuery({
    queryKey: ["conversation", conversation.id, "ticket-draft"],
    queryFn: () => ticketDraft(conversation.id),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  // As tall as the form, so that it does not push itself out of view when it comes.
  if (draft.isPending) return <Skeleton active paragraph={{ rows: 16 }} />;
  if (draft.isError) return <ErrorState error={draft.error} retry={() => draft.refetch()} />;
  return <Filled conversation={conversation} draft={draft.data} onDone={onDone} />;
}

function Filled({ conversation, draft, onDone }: Props & { draft: OpenTicket }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const failureText = useFailureText();
  const name = `draft.${conversation.id}.ticket`;
  const [kept, keep] = useStored<OpenTicket | null>(name, null);
  const [changed, setChanged] = useState(kept !== null);
  const key = useRef(crypto.randomUUID());
  useUnsaved(changed);

  const open = useMutation({
    mutationFn: (values: OpenTicket) =>
      openTicket(
        {
          ...draft,
          ...values,
          conversation_id: conversation.id,
          contact_id: conversation.contact_id,
          customer_id: conversation.customer_id,
        },
        key.current,
      ),
    onSuccess: async (ticket) => {
      writeStored(name, null);
      setChanged(false);
      onDone();
      void message.success({
        content: (
          <>
            {t("ticket.created", { number: ticket.number })}
            <Button type="link" size="small" onClick={() => void navigate(`/tickets/${ticket.number}`)}>
              {t("act.open")}
            </Button>
          </>
        ),
        duration: 6,
      });
      await client.invalidateQueries({ queryKey: ["conversation", conversation.id] });
      await client.invalidateQueries({ queryKey: ["tickets"] });
    },
  });
  const cancel = () => {
    writeStored(name, null);
    onDone();
  };

  return (
    <Form<OpenTicket>
      className="ticket-form"
      layout="vertical"
      size="small"
      initialValues={kept ?? draft}
      onValuesChange={(_, all) => {
        keep(all);
        setChanged(true);
      }}
      onFinish={(values) => open.mutate(values)}
    >
      <p className="ai-hint">
        <Spark /> {t("ticket.prefilled")}
      </p>
      <Form.Item
        name="title"
        label={t("ticket.title")}
        rules={[{ required: true, whitespace: true, message: t("ticket.titleNeeded") }]}
      >
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="description" label={t("ticket.description")}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={20_000} />
      </Form.Item>
      <div className="form-two">
        <Form.Item name="type" label={t("ticket.type")}>
          <Select options={TYPES.map((one) => ({ value: one, label: t.label("type", one) }))} />
        </Form.Item>
        <Form.Item name="priority" label={t("ticket.priority")}>
          <Select
            options={PRIORITIES.map((one) => ({ value: one, label: t.label("priority", one) }))}
          />
        </Form.Item>
        <Form.Item name="serial" label={t("ticket.serial")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="model" label={t("ticket.model")}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      <Form.Item name="error_codes" label={t("ticket.errorCodes")}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", " ", "，"]} />
      </Form.Item>
      <Form.Item name="callback_phone" label={t("ticket.callback")}>
        <Input maxLength={30} inputMode="tel" />
      </Form.Item>
      {open.isError && (
        <p className="form-error" role="alert">
          {failureText(open.error)}
        </p>
      )}
      <div className="form-acts">
        <Button size="small" onClick={cancel}>
          {t("act.cancel")}
        </Button>
        <Button size="small" type="primary" htmlType="submit" loading={open.isPending}>
          {t("ticket.create")}
        </Button>
      </div>
    </Form>
  );
}
