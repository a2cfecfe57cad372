/** What the browser keeps between page loads, one record per API base. */

import type { Attachment } from "./contract";

/** A message the customer wrote that the server has not confirmed yet. */
export interface Outgoing {
  client_msg_id: string;
  text: string;
  attachments: Attachment[];
  created_at: string;
  status: "sending" | "failed";
  /** The server's reason, or null when there was no connection. */
  problem: string | null;
}

export interface Saved {
  token: string | null;
  /** The highest seq the customer has seen with the panel open. */
  read: number;
  /** The language picked in the widget, and the page's language at that time. */
  language: { chosen: string; page: string } | null;
  outbox: Outgoing[];
}

const EMPTY: Saved = { token: null, read: 0, language: null, outbox: [] };

/**
 * Reads and writes the record. Where the page's storage is blocked, full or broken the record lives
 * in memory, and the chat works until the page is left.
 */
export class Memory {
  private saved: Saved;
  private readonly key: string;

  constructor(base: string, private readonly storage: () => Storage = () => window.localStorage) {
    this.key = `careloop:${base}`;
    this.saved = { ...EMPTY, ...this.read() };
    if (!Array.isArray(this.saved.outbox)) this.saved.outbox = [];
  }

  get(): Readonly<Saved> {
    return this.saved;
  }

  set(change: Partial<Saved>): void {
    this.saved = { ...this.saved, ...change };
    try {
      this.storage().setItem(this.key, JSON.stringify(this.saved));
    } catch {
      // Blocked or full: memory alone has to do.
    }
  }

  private read(): Partial<Saved> {
    try {
      const value: unknown = JSON.parse(this.storage().getItem(this.key) ?? "{}");
      return value && typeof value === "object" ? (value as Partial<Saved>) : {};
    } catch {
      return {};
    }
  }
}
