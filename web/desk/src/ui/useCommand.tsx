import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { QueryKey } from "@tanstack/react-query";
import { App, Button } from "antd";
import type { FormInstance } from "antd";
import { useEffect, useId, useRef, useState } from "react";
import { ApiProblem, isStatus } from "../api/problem";
import { useWords } from "../i18n/LanguageProvider";
import { Keys, fieldErrors } from "./command";
import type { Attempt } from "./command";
import { useFailure } from "./useFailureText";
import { useUndo } from "./useUndo";

interface Command<V, R> {
  run: (values: V, attempt: Attempt) => Promise<R>;
  /** Version of the record as it is shown now; sent as the base of the change. */
  version?: number;
  /** What is read anew once the act is done, or when somebody else was faster. */
  refresh?: QueryKey[];
  /** Said when it is done; with its inverse where there is one. */
  done?: (result: R, values: V) => string | { text: string; undo: () => Promise<unknown> };
  /** After success, such as closing a dialog. */
  onDone?: (result: R, values: V) => void;
  /** Complaints about single fields go into this form. */
  form?: Pick<FormInstance, "getFieldsValue" | "setFields">;
  /** Failures are shown by the page itself, from `error`. */
  quiet?: boolean;
}

/**
 * An act on the server. Each act has its idempotency key, kept over retries; a change that is based
 * on an older version is not lost: the record is read anew and the person may apply it to that.
 */
export function useCommand<V = void, R = unknown>(command: Command<V, R>) {
  const { t } = useWords();
  const { message, notification } = App.useApp();
  const client = useQueryClient();
  const { fail } = useFailure();
  const undoable = useUndo();
  const note = useId();
  const [keys] = useState(() => new Keys());
  const latest = useRef(command);
  useEffect(() => {
    latest.current = command;
  });
  const reread = () =>
    Promise.all(
      (latest.current.refresh ?? []).map((queryKey) => client.invalidateQueries({ queryKey })),
    );

  const overtaken = async (values: V) => {
    await reread();
    const again = () => {
      notification.destroy(note);
      attempts.mutate(values);
    };
    notification.warning({
      key: note,
      title: t("ticket.overtaken"),
      description: t("command.overtakenHint"),
      actions: <Button onClick={again}>{t("ticket.applyAnyway")}</Button>,
      duration: 0,
    });
  };
  const attempts = useMutation({
    mutationFn: (values: V) => {
      const { run, version } = latest.current;
      return run(values, { key: keys.for(values, version), version });
    },
    onSuccess: async (result, values) => {
      keys.spent();
      notification.destroy(note);
      const { done, onDone } = latest.current;
      onDone?.(result, values);
      const said = done?.(result, values);
      if (typeof said === "string") void message.success(said);
      else if (said) undoable(said.text, () => said.undo().then(reread));
      await reread();
    },
    onError: (error, values) => {
      if (isStatus(error, 412)) return overtaken(values);
      if (!placed(error, latest.current.form) && !latest.current.quiet) fail(error);
      return undefined;
    },
  });
  return {
    submit: (values: V) => attempts.mutate(values),
    busy: attempts.isPending,
    error: isStatus(attempts.error, 412) ? null : attempts.error,
    reset: attempts.reset,
  };
}

/** Put the complaints into the form's fields; whether every one has found its field. */
function placed(error: unknown, form: Command<unknown, unknown>["form"]): boolean {
  if (!form || !(error instanceof ApiProblem)) return false;
  const fields = (form.getFieldsValue as (all: true) => Record<string, unknown>)(true);
  const found = fieldErrors(error);
  const fitting = found.filter(({ name }) => name[0] !== undefined && name[0] in fields);
  if (fitting.length) form.setFields(fitting);
  return found.length > 0 && fitting.length === found.length;
}
