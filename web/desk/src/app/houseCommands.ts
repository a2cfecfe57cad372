import type { Translator } from "../i18n/catalogue";
import { settingsOf } from "../settings/sections";
import { STOCK_ACT_NAMES } from "../stock/actNames";
import { STOCK_TABS } from "../stock/terms";
import type { Command } from "./paletteCommands";

/** Pages and acts of stock, devices and settings, as far as a person may open and do them. */
export function houseCommands(scopes: string[], t: Translator): Command[] {
  const pages = t("palette.pages");
  const acts = t("palette.acts");
  const found: Command[] = [];
  if (scopes.includes("stock:read")) {
    const [, ...parts] = STOCK_TABS;
    found.push(
      ...parts.map(({ to, title }) => ({
        key: to.slice(1).replace("/", "-"),
        group: pages,
        title: t(title),
        hint: t("nav.stock"),
        to,
      })),
      ...STOCK_ACT_NAMES.filter(({ scope }) => scopes.includes(scope)).map(({ name, title }) => ({
        key: `stock-act-${name}`,
        group: acts,
        title: t(title),
        hint: t("nav.stock"),
        to: `/stock?act=${name}`,
      })),
    );
  }
  if (scopes.includes("assets:write")) {
    found.push({ key: "new-device", group: acts, title: t("device.add"), to: "/devices?new=1" });
  }
  const [, ...sections] = settingsOf(scopes);
  found.push(
    ...sections.map(({ name, title }) => ({
      key: `settings-${name}`,
      group: pages,
      title: t(title),
      hint: t("nav.settings"),
      to: `/settings/${name}`,
    })),
  );
  return found;
}
