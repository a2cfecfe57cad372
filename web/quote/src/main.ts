/** The page of one quote: what it says, how it stands, and what its holder may do. */

import { h } from "../../widget/src/dom";
import { QuoteDoor, Refused, Unreachable, tokenOf } from "./api";
import type { Act, Quote } from "./contract";
import { decision } from "./decide";
import { paper } from "./paper";
import { talk } from "./talk";
import { LANGUAGES, Texts, pickLanguage } from "./texts";
import "./style.css";

const CHOSEN = "careloop-quote-language";
const door = new QuoteDoor(tokenOf(location.pathname));

function chosen(): string | null {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

function choose(language: string, quote: Quote | null): void {
  try {
    localStorage.setItem(CHOSEN, language);
  } catch {
    // The choice then holds for this visit alone.
  }
  if (quote) show(new Texts(language), quote);
  else void open();
}

function head(texts: Texts, maker: string, quote: Quote | null): HTMLElement {
  const menu = h(
    "select",
    { "aria-label": texts.t("language"), onchange: () => choose(menu.value, quote) },
    ...LANGUAGES.map((code) => {
      const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
      return h("option", { value: code, lang: code, selected: code === texts.language }, name);
    }),
  );
  return h("header", {}, h("b", { dir: "auto" }, maker), menu);
}

export function explain(texts: Texts, error: unknown): string {
  if (error instanceof Unreachable) return texts.t("offline");
  if (!(error instanceof Refused)) return texts.t("failed");
  if (error.status === 404) return texts.t("gone");
  if (error.status === 429) return texts.t("busy");
  return texts.t(error.status === 409 || error.status === 422 ? "changed" : "failed");
}

function standing(texts: Texts, quote: Quote): HTMLElement {
  const when = quote.decided_at ? texts.moment(quote.decided_at) : "";
  const said: Record<Quote["state"], string> = {
    open: texts.t("open"),
    approved: texts.t("approvedBy", { name: quote.decided_by, when }),
    rejected: texts.t("rejectedBy", { when }),
    expired: texts.t("expired", { day: texts.day(quote.document.valid_until) }),
    closed: texts.t("closed"),
  };
  return h("p", { class: "standing", "data-state": quote.state, role: "status", tabindex: -1 }, said[quote.state]);
}

function show(texts: Texts, quote: Quote): void {
  const page = document.getElementById("page");
  if (!page) return;
  document.documentElement.lang = texts.language;
  const { number } = quote.document;
  document.title = `${texts.t("quote")} ${number}`;
  const send = async (act: Act): Promise<void> => {
    await door.act(act);
    show(texts, await door.read());
    page.querySelector<HTMLElement>(".standing")?.focus();
  };
  const failed = (error: unknown): string => explain(texts, error);
  page.replaceChildren(
    head(texts, quote.document.seller.name ?? "", quote),
    h(
      "main",
      {},
      h("h1", {}, texts.t("quote"), " ", h("span", { class: "number" }, number)),
      standing(texts, quote),
      paper(texts, quote, door.printed),
      ...(quote.state === "open" ? [decision(texts, quote, send, failed)] : []),
      talk(texts, quote, send, failed),
    ),
  );
}

async function open(): Promise<void> {
  const page = document.getElementById("page");
  if (!page) return;
  const first = new Texts(pickLanguage([chosen(), ...navigator.languages]));
  page.replaceChildren(head(first, "", null), h("p", { class: "hint", role: "status" }, first.t("loading")));
  try {
    const quote = await door.read();
    show(new Texts(pickLanguage([chosen(), quote.document.language])), quote);
  } catch (error) {
    page.replaceChildren(
      head(first, "", null),
      h(
        "main",
        {},
        h(
          "section",
          { class: "card" },
          h("p", { class: "failed", role: "alert" }, explain(first, error)),
          h("button", { type: "button", class: "button quiet", onclick: () => void open() }, first.t("retry")),
        ),
      ),
    );
  }
}

void open();
