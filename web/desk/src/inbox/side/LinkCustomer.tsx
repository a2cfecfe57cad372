import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { customers, linkContact } from "../../api/records";
import { useWords } from "../../i18n/LanguageProvider";
import { useDebounced } from "../../ui/useDebounced";
import { useFailure } from "../../ui/useFailureText";

interface Props {
  contactId: string;
  conversationId: string;
}

/** Say which customer an unknown contact belongs to. */
export function LinkCustomer({ contactId, conversationId }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const { fail } = useFailure();
  const [text, setText] = useState("");
  const q = useDebounced(text);
  const found = useQuery({
    queryKey: ["customers", "pick", q],
    queryFn: ({ signal }) => customers({ q }, signal),
    enabled: q.length > 0,
  });
  const link = useMutation({
    mutationFn: (customerId: string) => linkContact(contactId, customerId),
    onSuccess: () => client.invalidateQueries({ queryKey: ["conversation", conversationId] }),
    onError: fail,
  });
  return (
    <Select<string>
      className="side-pick"
      showSearch={{ filterOption: false, onSearch: setText }}
      size="small"
      value={null}
      loading={found.isFetching || link.isPending}
      placeholder={t("contact.link")}
      aria-label={t("contact.link")}
      notFoundContent={q && found.data ? t("state.noMatch") : t("contact.linkHint")}
      options={(found.data?.items ?? []).map((one) => ({
        value: one.id,
        label: `${one.name} · ${one.number}`,
      }))}
      onChange={(id) => link.mutate(id)}
    />
  );
}
