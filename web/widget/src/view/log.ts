/** The messages in order, kept at the place the reader is at. */

import type { Choice, Part } from "../contract";
import { arrange, h } from "../dom";
import { icon } from "../icons";
import { CustomerEntry } from "./customer_entry";
import { authorOf, momentOf, type Entry, type Item, type Standing } from "./entry";
import { ReplyEntry } from "./reply_entry";
import type { Surface, View } from "./surface";
import { TypingLine } from "./typing_line";
import { Welcome } from "./welcome";

const GROUP_MS = 3 * 60_000;
const NEAR_END_PX = 80;

export class Log implements View {
  readonly node: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly jump: HTMLButtonElement;
  private readonly welcome: Welcome;
  private readonly typing: TypingLine;
  private readonly entries = new Map<string, Entry>();
  private readonly days = new Map<string, HTMLElement>();

  constructor(private readonly surface: Surface) {
    this.welcome = new Welcome(surface);
    this.typing = new TypingLine(surface);
    this.scroller = h("div", {
      class: "log",
      role: "log",
      "aria-live": "polite",
      "aria-label": surface.i18n.t("messages"),
      tabindex: 0,
      onscroll: () => this.scrolled(),
    });
    this.jump = h(
      "button",
      { class: "jump", type: "button", hidden: true, onclick: () => this.toEnd() },
      icon("down"),
      surface.i18n.t("new_messages"),
    );
    this.node = h("div", { class: "log-frame" }, this.scroller, this.jump);
  }

  update(): void {
    const atEnd = this.atEnd;
    this.welcome.update();
    this.typing.update();
    const items = this.items();
    const before = new Set(this.entries.keys());
    this.forgetGone(items);
    arrange(this.scroller, [this.welcome.node, ...this.rows(items), this.typing.node]);
    const fresh = items.filter((item) => !before.has(item.key));
    this.follow(fresh, before.size === 0, atEnd);
  }

  toEnd(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.jump.hidden = true;
  }

  private get atEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  private items(): Item[] {
    const { messages, outbox } = this.surface.chat.transcript;
    return [
      ...messages.map((message): Item => {
        const own = message.author === "customer" && message.client_msg_id;
        return { kind: "message", key: own ? `own ${message.client_msg_id}` : `seq ${message.seq}`, message };
      }),
      ...outbox.map((outgoing): Item => ({ kind: "outgoing", key: `own ${outgoing.client_msg_id}`, outgoing })),
    ];
  }

  private rows(items: Item[]): HTMLElement[] {
    const nodes: HTMLElement[] = [];
    const lastOwn = items.map(authorOf).lastIndexOf("customer");
    items.forEach((item, index) => {
      const previous = items[index - 1];
      const day = this.dayLine(item, previous);
      if (day) nodes.push(day);
      const entry = this.entries.get(item.key) ?? this.create(item, items.slice(0, index));
      entry.update(item, {
        grouped: !day && previous !== undefined && sameTurn(previous, item),
        active: index > lastOwn && !this.surface.chat.closed,
        latest: index === lastOwn,
      } satisfies Standing);
      nodes.push(entry.node);
    });
    return nodes;
  }

  private create(item: Item, earlier: Item[]): Entry {
    const entry =
      item.kind === "message" && item.message.author !== "customer"
        ? new ReplyEntry(item.message, this.surface)
        : new CustomerEntry(item, this.labelOf(item, earlier), this.surface);
    this.entries.set(item.key, entry);
    return entry;
  }

  /** The customer's text; for a tapped answer, the label it was tapped by. */
  private labelOf(item: Item, earlier: Item[]): string {
    const text = item.kind === "message" ? item.message.text : item.outgoing.text;
    const offered: Choice[] = [];
    for (const one of [...earlier].reverse()) {
      if (authorOf(one) === "customer") break;
      if (one.kind === "message") offered.push(...one.message.parts.flatMap(optionsOf));
    }
    if (earlier.length === 0) offered.push(...(this.surface.chat.config?.quick_starts ?? []));
    return offered.find((choice) => choice.value === text)?.label ?? text;
  }

  private dayLine(item: Item, previous: Item | undefined): HTMLElement | null {
    const day = new Date(momentOf(item)).toDateString();
    if (previous && new Date(momentOf(previous)).toDateString() === day) return null;
    let line = this.days.get(day);
    if (!line) {
      line = h("div", { class: "day" }, h("span", {}, this.surface.i18n.day(momentOf(item))));
      this.days.set(day, line);
    }
    return line;
  }

  private forgetGone(items: Item[]): void {
    const keys = new Set(items.map((item) => item.key));
    for (const key of this.entries.keys()) if (!keys.has(key)) this.entries.delete(key);
    if (items.length === 0) this.days.clear();
  }

  private scrolled(): void {
    if (this.atEnd) this.jump.hidden = true;
  }

  /** A reader at the end sees what comes, a long answer from its first line; others get a hint. */
  private follow(fresh: Item[], first: boolean, atEnd: boolean): void {
    const own = fresh.some((item) => authorOf(item) === "customer");
    if (!atEnd && !own && !first) {
      if (fresh.length > 0) this.jump.hidden = false;
      return;
    }
    const reply = first ? undefined : fresh.find((item) => authorOf(item) !== "customer");
    const node = reply && this.entries.get(reply.key)?.node;
    this.toEnd();
    if (node) {
      const top = node.offsetTop - this.scroller.offsetTop - 12;
      if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    }
  }
}

function sameTurn(a: Item, b: Item): boolean {
  if (authorOf(a) !== authorOf(b) || authorOf(a) === "customer") return false;
  if (a.kind === "message" && b.kind === "message" && a.message.author_name !== b.message.author_name) {
    return false;
  }
  return Date.parse(momentOf(b)) - Date.parse(momentOf(a)) < GROUP_MS;
}

function optionsOf(part: Part): Choice[] {
  return part.kind === "quick_replies" || part.kind === "step" ? part.options : [];
}
