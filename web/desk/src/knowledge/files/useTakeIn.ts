import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { takeIn } from "../../api/knowledgeIntake";
import { useWords } from "../../i18n/LanguageProvider";
import { useFailure } from "../../ui/useFailureText";
import { sortedIntoBatches } from "./intakes";

export interface Sending {
  sent: number;
  total: number;
}

/** Sends files in as many requests as they need; `onTaken` is told the last intake. */
export function useTakeIn(onTaken: (id: string) => void) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { fail } = useFailure();
  const [sending, setSending] = useState<Sending | null>(null);

  const send = async (files: File[], accept: boolean) => {
    const { batches, twice, empty } = sortedIntoBatches(files);
    if (twice.length > 0) void message.warning(t("files.twice", { names: twice.join(", ") }), 8);
    if (empty.length > 0) void message.warning(t("files.empty", { names: empty.join(", ") }), 8);
    const total = batches.flat().length;
    let sent = 0;
    let last = "";
    try {
      for (const batch of batches) {
        setSending({ sent, total });
        last = (await takeIn(batch, accept)).id;
        sent += batch.length;
      }
    } catch (error) {
      fail(error);
    } finally {
      setSending(null);
      await client.invalidateQueries({ queryKey: ["knowledge", "intakes"] });
      if (last) onTaken(last);
    }
  };
  return { send, sending };
}
