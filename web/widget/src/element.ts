/** `<careloop-chat>`: the widget as one element, closed off from the page's styles. */

import { Chat } from "./chat";
import { h } from "./dom";
import { baseCode, I18n, pickLanguage } from "./i18n";
import { Memory } from "./memory";
import { fillPhone, isPhone } from "./placement";
import { styles } from "./style";
import { markTitle } from "./title";
import { Launcher } from "./view/launcher";
import { Panel } from "./view/panel";
import type { Surface } from "./view/surface";

/**
 * Attributes: `data-api` (base address of the API, ending in a slash), `data-language` (a code, or
 * none for the page's), `data-theme` (light, dark, auto), `data-position` (right, left). The last
 * three may change at any time.
 */
export class CareloopChat extends HTMLElement {
  static readonly observedAttributes = ["data-language", "data-theme", "data-position"];

  private readonly root = this.attachShadow({ mode: "open" });
  private readonly frame = h("div", { class: "frame" });
  private readonly launcher = new Launcher(() => (this.opened ? this.close() : this.open()));
  private readonly dark = window.matchMedia("(prefers-color-scheme: dark)");
  private chat!: Chat;
  private memory!: Memory;
  private i18n!: I18n;
  private panel!: Panel;
  private stopFilling: (() => void) | null = null;
  private pending = false;

  connectedCallback(): void {
    const base = new URL(this.dataset.api ?? "/", location.href).href;
    this.memory = new Memory(base);
    const language = this.wantedLanguage();
    this.chat = new Chat(base, this.memory, language, () => this.schedule());
    applyStyles(this.root);
    this.root.append(this.frame);
    this.build(language);
    this.applyTheme();
    this.dark.addEventListener("change", this.applyTheme);
    document.addEventListener("visibilitychange", this.schedule);
    window.addEventListener("online", this.schedule);
    window.addEventListener("offline", this.schedule);
    void this.chat.resume();
  }

  disconnectedCallback(): void {
    this.close();
    this.chat.dispose();
    this.dark.removeEventListener("change", this.applyTheme);
    document.removeEventListener("visibilitychange", this.schedule);
    window.removeEventListener("online", this.schedule);
    window.removeEventListener("offline", this.schedule);
    markTitle(0);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.isConnected || !this.chat || before === after) return;
    if (name === "data-language") this.speak(this.wantedLanguage());
    else this.applyTheme();
  }

  get opened(): boolean {
    return this.panel?.open ?? false;
  }

  /** Opens the panel. `text`, if given, is put into the field, not sent. */
  open(text?: string): void {
    if (text !== undefined) this.build(this.i18n.language, text);
    this.frame.classList.add("open");
    this.stopFilling ??= fillPhone(this);
    this.panel.show(!isPhone());
    if (!this.chat.config) void this.chat.loadConfig();
    this.update();
  }

  close(): void {
    if (!this.opened) return;
    this.panel.hide();
    this.frame.classList.remove("open");
    this.stopFilling?.();
    this.stopFilling = null;
    this.update();
    this.launcher.node.focus();
  }

  private get pageLanguage(): string {
    return this.dataset.language || document.documentElement.lang || navigator.language;
  }

  /** The customer's own choice, while the page stays in the language it was made on; else the page's. */
  private wantedLanguage(): string {
    const chosen = this.memory.get().language;
    if (chosen && chosen.page === baseCode(this.pageLanguage)) return chosen.chosen;
    return pickLanguage([this.pageLanguage, ...navigator.languages]);
  }

  private choose(language: string): void {
    this.memory.set({ language: { chosen: language, page: baseCode(this.pageLanguage) } });
    this.speak(language);
  }

  private speak(language: string): void {
    if (language === this.i18n.language) return;
    this.build(language);
    this.chat.setLanguage(language).catch(() => undefined);
  }

  /** Makes the panel anew in a language; the draft and whether it is open stay. */
  private build(language: string, text?: string): void {
    const wasOpen = this.opened;
    const draft = text ?? this.panel?.draft ?? "";
    this.i18n = new I18n(language, this.chat.config?.languages_rtl);
    this.panel = new Panel(this.surface(), draft);
    this.frame.replaceChildren(this.panel.node, this.launcher.node);
    if (wasOpen) this.panel.show(!isPhone());
    this.update();
  }

  private surface(): Surface {
    return {
      chat: this.chat,
      i18n: this.i18n,
      origin: new URL(this.chat.http.base).origin,
      complain: (text) => this.panel.banner.complain(text),
      setLanguage: (code) => this.choose(code),
      close: () => this.close(),
    };
  }

  /** Many changes in one go make one update. */
  private readonly schedule = (): void => {
    if (this.pending) return;
    this.pending = true;
    queueMicrotask(() => {
      this.pending = false;
      if (this.isConnected) this.update();
    });
  };

  private update(): void {
    const seen = this.opened && !document.hidden;
    if (seen) this.chat.markRead();
    if (this.opened) this.panel.update();
    this.launcher.update(this.i18n, this.opened, this.chat.unread);
    markTitle(seen ? 0 : this.chat.unread);
  }

  private readonly applyTheme = (): void => {
    const wish = this.dataset.theme;
    const dark = wish === "dark" || (wish !== "light" && this.dark.matches);
    this.frame.classList.toggle("dark", dark);
    this.frame.classList.toggle("left", /left/.test(this.dataset.position ?? ""));
  };
}

/** Constructed sheets need no permission from the page's content security policy. */
function applyStyles(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(h("style", {}, styles));
  }
}
