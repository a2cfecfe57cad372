import type { DeviceEntry } from "../api/devices";
import type { Translator } from "../i18n/catalogue";
import { groupOf } from "./terms";
import type { EntryGroup } from "./terms";

const PLACES: Record<string, string> = {
  tickets: "/tickets",
  "work-orders": "/visits",
  contracts: "/contracts",
};

/** The desk's address of the record behind an entry; null where the desk has no page for it. */
export function entryPath(link: string | undefined): string | null {
  const [place = "", key = ""] = (link ?? "").split("/");
  const found = PLACES[place];
  return found && key ? `${found}/${encodeURIComponent(key)}` : null;
}

const textOf = (data: Record<string, unknown>, name: string): string => {
  const value = data[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};

/** What else an entry says, in one line. */
export function entryDetails(entry: DeviceEntry, t: Translator): string {
  const data = entry.data ?? {};
  const of = (name: string) => textOf(data, name);
  const parts =
    entry.kind === "ticket"
      ? [of("number"), of("state") && t.label("ticketState", of("state")), of("type") && t.label("type", of("type"))]
      : [
          of("position"),
          of("part"),
          of("serial") && t("scan.serial", { serial: of("serial") }),
          of("lot") && t("scan.lot", { lot: of("lot") }),
          of("reason"),
          of("note"),
          of("result") && t.label("visitResult", of("result")),
        ];
  return parts.filter(Boolean).join(" · ");
}

/** Whether an entry is of one of the kinds asked for, and holds every word of the search. */
export function fits(entry: DeviceEntry, groups: EntryGroup[], text: string, kind: string): boolean {
  const group = groupOf(entry.kind);
  if (groups.length > 0 && !(group && groups.includes(group))) return false;
  const held = `${kind} ${entry.title} ${JSON.stringify(entry.data ?? {})}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => held.includes(word));
}

/** Readings that were taken in one go, as one entry; everything else as it came. */
export function joinedReadings(entries: DeviceEntry[]): DeviceEntry[] {
  const joined: DeviceEntry[] = [];
  for (const entry of entries) {
    const last = joined.at(-1);
    if (entry.kind === "reading" && last?.kind === "reading" && last.at === entry.at && last.actor === entry.actor) {
      joined[joined.length - 1] = { ...last, title: `${last.title} · ${entry.title}` };
    } else joined.push(entry);
  }
  return joined;
}
