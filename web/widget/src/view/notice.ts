/** A line between the messages: who has the conversation now. */

import type { Message, NoticePart } from "../contract";
import { h } from "../dom";
import { icon, type IconName } from "../icons";
import type { Surface } from "./surface";

const ICONS: Record<NoticePart["event"], IconName> = {
  waiting: "clock",
  person_joined: "person",
  bot_back: "spark",
  closed: "check",
};

export function noticeLine(part: NoticePart, message: Message, surface: Surface): HTMLElement | null {
  const { i18n } = surface;
  if (!(part.event in ICONS)) return null;
  const texts: Record<NoticePart["event"], string> = {
    waiting: i18n.t("waiting"),
    person_joined: i18n.t("person_joined", { name: message.author_name || i18n.t("agent") }),
    bot_back: i18n.t("bot_back"),
    closed: i18n.t("closed"),
  };
  return h(
    "div",
    { class: `notice ${part.event}` },
    icon(ICONS[part.event]),
    h(
      "div",
      {},
      h("span", {}, texts[part.event]),
      " ",
      part.event === "waiting" &&
        part.wait_minutes !== null &&
        h("strong", {}, i18n.t("waiting_minutes", { n: part.wait_minutes })),
      " ",
      h("time", { datetime: message.created_at }, i18n.time(message.created_at)),
    ),
  );
}
