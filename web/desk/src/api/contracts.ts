import { get, patch, post, request, segment } from "./client";
import type { Query } from "./client";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type Contract = Schemas["ContractView"];
export type ContractFile = Schemas["ContractPage"];
export type CoverageLine = Schemas["CoverageLine"];
export type CoverageLineView = Schemas["CoverageLineView"];
export type ContractDevice = Schemas["ContractAssetView"];
export type NewContract = Schemas["CreateContract"];
export type ContractChanges = Omit<Schemas["ContractChanges"], "version">;
export type Renewal = Omit<Schemas["Renewal"], "version">;
export type DeviceOnContract = Schemas["DeviceOnContract"];
/** Devices that come to a contract, change their days, or leave it. */
export interface DeviceChanges {
  add: DeviceOnContract[];
  remove: string[];
}
export type Entitlement = Schemas["EntitlementView"];
export type Reason = Schemas["ReasonView"];

const at = (number: string, act = ""): string => `/v1/contracts/${segment(number)}${act}`;
/** How a change of a contract is sent: acts once, based on what was shown. */
interface How {
  key: string;
  version?: number;
}

export const contracts = (query: Query, signal?: AbortSignal): Promise<Page<Contract>> =>
  get("/v1/contracts", query, signal);
export const contract = (number: string): Promise<ContractFile> => get(at(number));
export const createContract = (body: NewContract, key: string): Promise<Contract> =>
  post("/v1/contracts", body, key);
export const changeContract = (
  number: string,
  change: ContractChanges,
  version: number | undefined,
): Promise<Contract> => patch(at(number), { ...change, version });
export const renewContract = (number: string, body: Renewal, how: How): Promise<Contract> =>
  post(at(number, "/renew"), { ...body, version: how.version }, how.key);
export const setDevices = (number: string, body: DeviceChanges, how: How): Promise<Contract> =>
  post(at(number, "/assets"), { ...body, version: how.version }, how.key);

export type ContractAct = "activate" | "suspend" | "resume" | "end";
export const stepContract = (
  number: string,
  act: ContractAct,
  body: Record<string, unknown>,
  how: How,
): Promise<Contract> =>
  request("POST", at(number, `/${act}`), {
    body: { ...body, version: how.version },
    idempotencyKey: how.key,
  });

export interface EntitlementQuestion {
  serial: string;
  kind: string;
  part?: string;
  quantity?: number;
  on?: string;
}

export const entitlement = (
  question: EntitlementQuestion,
  signal?: AbortSignal,
): Promise<Entitlement> => get("/v1/entitlement", { ...question }, signal);
