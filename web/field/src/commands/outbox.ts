import { useSyncExternalStore } from "react";
import { request } from "../api/client";
import { Outbox } from "./commands";
import type { Command } from "./commands";
import { browserStore } from "./store";

function send(command: Command): Promise<unknown> {
  const { method, path, id: idempotencyKey } = command;
  if (!command.file) return request(method, path, { body: command.body, idempotencyKey });
  const form = new FormData();
  for (const [name, value] of Object.entries(command.body)) {
    if (value !== null && value !== undefined) form.append(name, String(value));
  }
  form.append(command.file.field, command.file.blob, command.file.name);
  return request(method, path, { form, idempotencyKey });
}

/** The one outbox of the app. */
export const outbox = new Outbox({ store: browserStore(), send });

const AGAIN = 30_000;
let watching = false;

/** Send what waits when the network or the person comes back, and every half minute. */
export function keepSending(): void {
  if (watching) return;
  watching = true;
  const again = () => {
    if (document.visibilityState === "visible" && navigator.onLine) outbox.resume();
  };
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", again);
  setInterval(again, AGAIN);
}

export function useCommands(subject?: string): readonly Command[] {
  const all = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  return subject === undefined ? all : all.filter((one) => one.subject === subject);
}
