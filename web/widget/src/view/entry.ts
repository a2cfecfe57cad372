/** One line of the log: its node, and what of it may still change. */

import type { Message } from "../contract";
import type { Outgoing } from "../memory";

export type Item =
  | { kind: "message"; key: string; message: Message }
  | { kind: "outgoing"; key: string; outgoing: Outgoing };

export interface Standing {
  /** Follows a message of the same author within minutes: no second name line. */
  grouped: boolean;
  /** Nothing came after it from the customer: its answers can still be tapped. */
  active: boolean;
  /** The customer's latest message, which shows its state. */
  latest: boolean;
}

export interface Entry {
  readonly node: HTMLElement;
  update(item: Item, standing: Standing): void;
}

export const authorOf = (item: Item): Message["author"] =>
  item.kind === "message" ? item.message.author : "customer";

export const momentOf = (item: Item): string =>
  item.kind === "message" ? item.message.created_at : item.outgoing.created_at;
