import type { Scanned } from "../api/stockTypes";
import type { Translator } from "../i18n/catalogue";

/** What a code meant, in one line: the thing it stands for, then what else it says. */
export function understood(found: Scanned, t: Translator): string {
  const thing = found.part
    ? t("scan.part", { part: found.part })
    : found.location
      ? t("scan.location", { code: found.location })
      : t.label("scanForm", found.form);
  const more = [
    found.serial && t("scan.serial", { serial: found.serial }),
    found.lot && t("scan.lot", { lot: found.lot }),
    found.expires_on && t("scan.expires", { date: found.expires_on }),
    found.quantity && t("scan.quantity", { count: found.quantity }),
    found.place && t("scan.place", { place: found.place }),
  ].filter(Boolean);
  return [thing, ...more].join(" · ");
}
