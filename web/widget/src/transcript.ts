/** The messages of one conversation: each seq once, in order, with what is still being sent. */

import type { Message } from "./contract";
import type { Outgoing } from "./memory";

export class Transcript {
  private bySeq = new Map<number, Message>();
  private ordered: Message[] = [];
  outbox: Outgoing[] = [];
  /**
   * Everything up to this seq has come through an ordered feed (list or socket). The answer to a
   * send may be ahead of it and never moves it, so nothing in between is skipped on reconnect.
   */
  cursor = 0;

  get messages(): readonly Message[] {
    return this.ordered;
  }

  /** Adds what is new; returns the messages that were. `feed` marks an ordered feed. */
  merge(messages: readonly Message[], feed: boolean): Message[] {
    const fresh = messages.filter((m) => !this.bySeq.has(m.seq));
    for (const message of fresh) this.bySeq.set(message.seq, message);
    if (feed) for (const m of messages) this.cursor = Math.max(this.cursor, m.seq);
    if (fresh.length > 0) {
      this.ordered = [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
      const confirmed = new Set(fresh.map((m) => m.client_msg_id));
      this.outbox = this.outbox.filter((o) => !confirmed.has(o.client_msg_id));
    }
    return fresh;
  }

  /** How many messages of the other side came after `read`. */
  unread(read: number): number {
    return this.ordered.filter((m) => m.seq > read && (m.author === "bot" || m.author === "agent"))
      .length;
  }

  get lastSeq(): number {
    return this.ordered.at(-1)?.seq ?? 0;
  }

  /** Forgets the conversation; what is being sent stays when `keepOutbox`. */
  clear(keepOutbox: boolean): void {
    this.bySeq = new Map();
    this.ordered = [];
    this.cursor = 0;
    if (!keepOutbox) this.outbox = [];
  }
}
