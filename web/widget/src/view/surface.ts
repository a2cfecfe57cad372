import type { Chat } from "../chat";
import type { I18n } from "../i18n";

/** What every part of the panel works with. Rebuilt when the language changes. */
export interface Surface {
  readonly chat: Chat;
  readonly i18n: I18n;
  /** Origin whose addresses may become links. */
  readonly origin: string;
  /** Shows a line of trouble to the person; null takes it away. */
  complain(text: string | null): void;
  setLanguage(code: string): void;
  close(): void;
}

/** A piece of the panel: its node, and how it follows the chat. */
export interface View {
  readonly node: HTMLElement;
  update(): void;
}
