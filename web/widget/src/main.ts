/**
 * Entry of `widget.js`. The script puts `<careloop-chat>` into the page, with the script's own
 * `data-*` attributes, unless the page has placed the element itself.
 */

import { CareloopChat } from "./element";

const TAG = "careloop-chat";
const PASSED_ON = ["data-language", "data-theme", "data-position"];

function baseOf(script: HTMLScriptElement | null): string {
  return new URL(".", script?.src || location.href).href;
}

function insert(script: HTMLScriptElement | null): void {
  const placed = document.querySelector<HTMLElement>(TAG);
  const element = placed ?? document.createElement(TAG);
  if (!element.dataset.api) element.dataset.api = script?.dataset.api ?? baseOf(script);
  for (const name of PASSED_ON) {
    const value = script?.getAttribute(name);
    if (value && !element.hasAttribute(name)) element.setAttribute(name, value);
  }
  if (!customElements.get(TAG)) customElements.define(TAG, CareloopChat);
  if (!placed) document.body.append(element);
}

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
if (document.body) insert(script);
else document.addEventListener("DOMContentLoaded", () => insert(script), { once: true });
