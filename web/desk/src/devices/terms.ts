export const DEVICE_STATUSES = ["in_stock", "installed", "returned", "decommissioned"] as const;
export const METER_KINDS = ["counter", "gauge"] as const;
export const DOCUMENT_KINDS = [
  "manual", "certificate", "protocol", "drawing", "photo", "invoice", "other",
] as const;

export const devicePath = (serial: string): string => `/devices/${encodeURIComponent(serial)}`;

/** Groups of entries in a device's life, as the chips above its timeline. */
export const ENTRY_GROUPS = {
  tickets: ["ticket"],
  visits: ["work_order"],
  components: ["component_fitted", "component_removed", "component_replaced"],
  readings: ["reading"],
  firmware: ["firmware"],
  places: ["site", "owner", "status", "registered", "system"],
  cover: [
    "warranty", "contract", "warranty_begins", "warranty_ends", "contract_begins", "contract_ends",
  ],
  documents: ["document"],
} as const;
export type EntryGroup = keyof typeof ENTRY_GROUPS;

/** The group of an entry; one of an unknown kind belongs to none and is shown with all. */
export function groupOf(kind: string): EntryGroup | null {
  const found = Object.entries(ENTRY_GROUPS).find(([, kinds]) => kinds.some((one) => one === kind));
  return (found?.[0] as EntryGroup | undefined) ?? null;
}
