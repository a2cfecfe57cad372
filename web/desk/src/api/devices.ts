/** The file of a device and everything that happens to it. */
import { del, get, patch, post, request, segment, urlOf } from "./client";
import type { Query } from "./client";
import type { components } from "./schema";
import type { Asset, Page } from "./types";

type Schemas = components["schemas"];
export type DeviceFile = Schemas["AssetPage"];
export type DeviceLine = Schemas["AssetLine"];
export type DeviceEntry = Schemas["TimelineEntry"];
export type Component = Schemas["ComponentView"];
export type ComponentNode = Schemas["ComponentNode"];
export type Meter = Schemas["MeterView"];
export type Reading = Schemas["MeterReadingView"];
export type DeviceDocument = DeviceFile["documents"][number];
export type CoverPeriod = Schemas["CoverPeriod"];
export type NewDevice = Schemas["CreateAsset"];
export type DeviceChanges = Omit<Schemas["DeviceChanges"], "version">;
export type DeviceStatus = Asset["status"];

const at = (serial: string, act = ""): string => `/v1/assets/${segment(serial)}${act}`;
type Versioned = { version?: number };

export const devices = (query: Query, signal?: AbortSignal): Promise<Page<DeviceLine>> =>
  get("/v1/assets", query, signal);
export const deviceFile = (serial: string): Promise<DeviceFile> => get(at(serial));
export const deviceEntries = (
  serial: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<DeviceEntry>> => get(at(serial, "/timeline"), { cursor, limit: 50 }, signal);

export const createDevice = (body: NewDevice, key: string): Promise<Asset> =>
  post("/v1/assets", body, key);
export const changeDevice = (
  serial: string,
  change: DeviceChanges & Versioned,
): Promise<Asset> => patch(at(serial), change);
export const setDeviceStatus = (
  serial: string,
  body: Versioned & { status: string; on?: string; reason: string },
  key: string,
): Promise<Asset> => post(at(serial, "/status"), body, key);
export const moveDevice = (
  serial: string,
  body: Versioned & { site: string; reason: string },
  key: string,
): Promise<Asset> => post(at(serial, "/move-site"), body, key);
export const transferDevice = (
  serial: string,
  body: Versioned & { customer_id: string | null; site: string; contract_number: string; reason: string },
  key: string,
): Promise<Asset> => post(at(serial, "/transfer"), body, key);
export const changeFirmware = (
  serial: string,
  body: Versioned & { firmware: string; note: string },
  key: string,
): Promise<Asset> => post(at(serial, "/firmware"), body, key);
export const rotateCode = (
  serial: string,
  body: Versioned & { reason: string },
  key: string,
): Promise<Asset> => post(at(serial, "/public-code"), body, key);

/** A sheet of labels with QR codes, as a page to print. */
export const labelSheet = (serials: string[], paper = "a4"): string =>
  urlOf("/v1/assets/labels", { serial: serials, paper });
export const qrPicture = (serial: string): string => at(serial, "/qr.svg");

export const addComponent = (
  serial: string,
  body: {
    position: string;
    parent: string;
    name: string;
    part: string;
    serial_in: string;
    lot_in: string;
  },
  key: string,
): Promise<Component> => post(at(serial, "/components"), body, key);
export const replaceComponent = (
  serial: string,
  id: string,
  body: { part: string; serial_in: string; lot_in: string; reason: string; work_order: string },
  key: string,
): Promise<unknown> => post(at(serial, `/components/${segment(id)}/replace`), body, key);
export const removeComponent = (
  serial: string,
  id: string,
  body: Versioned & { reason: string },
  key: string,
): Promise<Component> => post(at(serial, `/components/${segment(id)}/remove`), body, key);

export const addMeter = (
  serial: string,
  body: { name: string; unit: string; kind: string; feeds_usage: boolean },
  key: string,
): Promise<Meter> => post(at(serial, "/meters"), body, key);
export const readings = (
  serial: string,
  meter: string,
  signal?: AbortSignal,
): Promise<Page<Reading>> =>
  get(at(serial, `/meters/${segment(meter)}/readings`), { limit: 60 }, signal);
export const noteReading = (
  serial: string,
  body: { meter: string; value: number; kind: string; note: string },
  key: string,
): Promise<Reading> => post(at(serial, "/readings"), body, key);

export const uploadDocument = (
  serial: string,
  file: File,
  facts: { title: string; kind: string; lang: string; public: boolean },
): Promise<DeviceDocument> => {
  const form = new FormData();
  form.append("file", file);
  for (const [name, value] of Object.entries(facts)) form.append(name, String(value));
  return request("POST", at(serial, "/documents/uploads"), { form });
};
export const changeDocument = (
  serial: string,
  id: string,
  change: Versioned & { public?: boolean; title?: string },
): Promise<DeviceDocument> => patch(at(serial, `/documents/${segment(id)}`), change);
export const removeDocument = (serial: string, id: string): Promise<void> =>
  del(at(serial, `/documents/${segment(id)}`));
