import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Select, Tag } from "antd";
import { useState } from "react";
import { tagTicket, ticketTags } from "../api/tickets";
import type { Ticket } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";

/** The tags of a ticket: taken off one by one, added from those in use or by a new word. */
export function TicketTags({ ticket, mayWrite }: { ticket: Ticket; mayWrite: boolean }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const used = useQuery({ queryKey: ["tickets", "tags"], queryFn: ticketTags, enabled: adding });
  const tags = ticket.tags ?? [];
  const change = useCommand({
    run: ({ add, remove }: { add: string[]; remove: string[] }) =>
      tagTicket(ticket.number, add, remove),
    refresh: [["tickets"]],
    done: (_, { add, remove }) => ({
      text: t("ticket.tagged"),
      undo: () => tagTicket(ticket.number, remove, add),
    }),
  });
  return (
    <div className="ticket-tags">
      {tags.map((tag) => (
        <Tag
          key={tag}
          closable={mayWrite}
          onClose={(event) => {
            event.preventDefault();
            change.submit({ add: [], remove: [tag] });
          }}
        >
          {tag}
        </Tag>
      ))}
      {mayWrite && !adding && (
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          aria-label={t("ticket.addTag")}
          onClick={() => setAdding(true)}
        >
          {tags.length === 0 && t("ticket.addTag")}
        </Button>
      )}
      {adding && (
        <Select<string[]>
          mode="tags"
          size="small"
          autoFocus
          defaultOpen
          className="tag-pick"
          value={[]}
          aria-label={t("ticket.addTag")}
          placeholder={t("ticket.addTag")}
          options={(used.data ?? [])
            .filter((one) => !tags.includes(one.tag))
            .map((one) => ({ value: one.tag, label: one.tag }))}
          onBlur={() => setAdding(false)}
          onChange={(add) => {
            setAdding(false);
            if (add.length > 0) change.submit({ add, remove: [] });
          }}
        />
      )}
    </div>
  );
}
