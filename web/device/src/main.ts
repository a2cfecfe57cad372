/** Which page this is, in which language, and what stands around it. */

import { h } from "../../widget/src/dom";
import { DeviceDoor, ReportDoor } from "./api";
import { deviceView } from "./device_view";
import { DraftBook } from "./draft";
import { failureText } from "./failure";
import { FollowView } from "./follow_view";
import { direction, LANGUAGES, ownName, pickLanguage, Texts } from "./i18n";
import { placeOf } from "./place";
import "./style.css";

const CHOSEN = "careloop-device-language";

function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

function choose(language: string): void {
  try {
    localStorage.setItem(CHOSEN, language);
  } catch {
    // The choice then holds for this visit alone.
  }
  void open(language);
}

function head(texts: Texts, maker: string): HTMLElement {
  const menu = h(
    "select",
    { "aria-label": texts.t("language"), onchange: () => choose(menu.value) },
    ...LANGUAGES.map((code) => h("option", { value: code, lang: code, selected: code === texts.language }, ownName(code))),
  );
  return h("header", {}, h("b", { dir: "auto" }, maker), menu);
}

async function view(texts: Texts): Promise<[string, string, HTMLElement]> {
  const place = placeOf(location.pathname);
  if (place.kind === "report") {
    const door = new ReportDoor(place.token);
    const report = await door.read();
    return [report.maker, texts.t("ticket", { number: report.ticket }), new FollowView(texts, door, report).node];
  }
  const door = new DeviceDoor(place.code, texts.language);
  const device = await door.read();
  const page = deviceView(texts, door, new DraftBook(place.code), device);
  return [device.maker, texts.t("title", { model: device.model }), page];
}

async function open(language: string): Promise<void> {
  const texts = new Texts(language);
  const page = document.getElementById("page");
  if (!page) return;
  document.documentElement.lang = language;
  document.documentElement.dir = direction(language);
  page.replaceChildren(head(texts, ""), h("p", { class: "hint loading", role: "status" }, texts.t("loading")));
  try {
    const [maker, title, main] = await view(texts);
    document.title = title;
    page.replaceChildren(head(texts, maker), main);
  } catch (error) {
    const retry = (): void => void open(language);
    page.replaceChildren(
      head(texts, ""),
      h(
        "main",
        {},
        h(
          "section",
          { class: "card" },
          h("p", { class: "failed", role: "alert" }, failureText(error, texts)),
          h("button", { type: "button", class: "button quiet", onclick: retry }, texts.t("retry")),
        ),
      ),
    );
  }
}

void open(pickLanguage([chosenLanguage(), ...navigator.languages]));
