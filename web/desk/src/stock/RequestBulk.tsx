import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Popover } from "antd";
import { useState } from "react";
import { stepRequest } from "../api/stockDocuments";
import type { PartRequest } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { useFailureText } from "../ui/useFailureText";
import { onEach } from "./requestSteps";
import "../styles/tickets.css";

/** A yes or no to many requests at once; each is decided by itself. */
export function RequestBulk({ requests, onDone }: { requests: PartRequest[]; onDone: () => void }) {
  const { t } = useWords();
  const { message, notification } = App.useApp();
  const client = useQueryClient();
  const failureText = useFailureText();
  const [at, setAt] = useState<number>();
  const [reason, setReason] = useState("");
  const waiting = requests.filter((one) => one.state === "submitted");
  const run = async (step: "approve" | "reject") => {
    const { done, failures } = await onEach(
      waiting,
      (one) =>
        stepRequest(
          one.id,
          step,
          { version: one.version, ...(step === "reject" ? { reason: reason.trim() } : {}) },
          crypto.randomUUID(),
        ),
      (one, error) => `${one.number}: ${failureText(error)}`,
      setAt,
    );
    setAt(undefined);
    await client.invalidateQueries({ queryKey: ["stock-requests"] });
    await client.invalidateQueries({ queryKey: ["stock"] });
    if (done > 0) void message.success(t("bulk.done", { count: done }));
    if (failures.length > 0) {
      notification.error({
        title: t("bulk.failed", { count: failures.length }),
        description: failures.slice(0, 8).join("\n"),
        duration: 0,
        className: "bulk-failures",
      });
    }
    onDone();
  };
  const busy = at !== undefined;
  return (
    <div className="bulk" role="toolbar" aria-label={t("bulk.title")}>
      <strong>
        {busy
          ? t("bulk.running", { done: at + 1, count: waiting.length })
          : t("request.waiting", { count: waiting.length })}
      </strong>
      <Button type="primary" disabled={busy || waiting.length === 0} onClick={() => void run("approve")}>
        {t("request.approve")}
      </Button>
      <Popover
        trigger="click"
        content={
          <div className="bulk-reason">
            <Input
              autoFocus
              maxLength={500}
              value={reason}
              aria-label={t("stock.reason")}
              placeholder={t("form.reasonNeeded")}
              onChange={(event) => setReason(event.target.value)}
            />
            <Button danger disabled={!reason.trim() || busy} onClick={() => void run("reject")}>
              {t("request.reject")}
            </Button>
          </div>
        }
      >
        <Button danger disabled={busy || waiting.length === 0}>
          {t("request.reject")}
        </Button>
      </Popover>
      <Button type="text" disabled={busy} onClick={onDone}>
        {t("bulk.clear")}
      </Button>
    </div>
  );
}
