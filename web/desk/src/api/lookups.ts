import { assets, customers } from "./records";
import { tickets } from "./tickets";

/** A record that can be picked: its key and how people call it. */
export interface Pick {
  value: string;
  label: string;
}

const MOST = 12;

export const findCustomers = async (q: string, signal?: AbortSignal): Promise<Pick[]> =>
  (await customers({ q }, signal)).items
    .slice(0, MOST)
    .map((one) => ({ value: one.id, label: [one.name, one.number].filter(Boolean).join(" · ") }));

export const findDevices = async (q: string, signal?: AbortSignal): Promise<Pick[]> =>
  (await assets({ q }, signal)).items
    .slice(0, MOST)
    .map((one) => ({ value: one.serial, label: [one.serial, one.model, one.site].filter(Boolean).join(" · ") }));

export const findTickets = async (q: string, signal?: AbortSignal): Promise<Pick[]> =>
  (await tickets({ q, limit: MOST }, signal)).items.map((one) => ({
    value: one.number,
    label: `${one.number} · ${one.title}`,
  }));
