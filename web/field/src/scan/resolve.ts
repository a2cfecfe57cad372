import { get, segment } from "../api/client";
import { isStatus } from "../api/problem";
import { parts, scan } from "../api/stock";
import type { Part, Scanned } from "../api/stock";
import type { components } from "../api/schema";
import type { Page } from "../api/visits";

export type Device = components["schemas"]["AssetView"];

export type Resolved =
  | { kind: "device"; serial: string }
  | { kind: "part"; found: Scanned }
  | { kind: "location"; location: string }
  | { kind: "several"; devices: Device[]; parts: Part[] }
  | { kind: "nothing" };

/** The public code in the address on a device's label; empty where it is no such address. */
export const publicCode = (text: string): string => /\/d\/([0-9A-Za-z]{6,40})\/?(?:[?#].*)?$/.exec(text.trim())?.[1] ?? "";

async function found<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isStatus(error, 404)) return null;
    throw error;
  }
}

/** What a code stands for: a device by its label, a part, a place - or words to search with. */
export async function resolve(code: string): Promise<Resolved> {
  const label = publicCode(code);
  if (label) {
    const device = await found(get<{ serial: string }>(`/v1/public/devices/${segment(label)}`));
    return device ? { kind: "device", serial: device.serial } : { kind: "nothing" };
  }
  const stock = await found(scan(code));
  if (stock?.part) return { kind: "part", found: stock };
  if (stock?.location) return { kind: "location", location: stock.location };
  const [devices, likely] = await Promise.all([
    get<Page<Device>>("/v1/assets", { q: code, limit: 10 }),
    parts(code),
  ]);
  const exact = devices.items.find((one) => one.serial.toUpperCase() === code.trim().toUpperCase());
  if (exact) return { kind: "device", serial: exact.serial };
  if (devices.items.length === 0 && likely.items.length === 0) return { kind: "nothing" };
  return { kind: "several", devices: devices.items, parts: likely.items };
}
