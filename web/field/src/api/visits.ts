import { useQuery } from "@tanstack/react-query";
import { get, segment } from "./client";
import type { Query } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Visit = Schemas["WorkOrderView"];
export type VisitFile = Schemas["WorkOrderPage"];
export type TicketFile = Schemas["TicketPage"];
export type DeviceFile = Schemas["AssetPage"];
export type Due = NonNullable<Schemas["TicketView"]["due"]>;
export type Entitlement = Schemas["EntitlementView"];
export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

/** Where the acts on a visit are sent. */
export const visitPath = (number: string, act = ""): string =>
  `/v1/work-orders/${segment(number)}${act}`;

export const visits = (query: Query): Promise<Page<Visit>> => get("/v1/work-orders", query);

export const visitKey = (number: string, ...more: string[]): string[] => ["visit", number, ...more];

/** A visit with all that was written down on it; links to pictures work for an hour. */
export const useVisit = (number: string) =>
  useQuery({ queryKey: visitKey(number), queryFn: () => get<VisitFile>(visitPath(number)) });

export const useTicket = (number: string | undefined) =>
  useQuery({
    queryKey: ["ticket", number],
    queryFn: () => get<TicketFile>(`/v1/tickets/${segment(number ?? "")}`),
    enabled: !!number,
    staleTime: 60_000,
  });

export const useDevice = (serial: string | undefined) =>
  useQuery({
    queryKey: ["device", serial],
    queryFn: () => get<DeviceFile>(`/v1/assets/${segment(serial ?? "")}`),
    enabled: !!serial,
    staleTime: 60_000,
  });

/** Who pays for the labour on a device today, and why. */
export const useEntitlement = (serial: string | undefined) =>
  useQuery({
    queryKey: ["entitlement", serial],
    queryFn: () => get<Entitlement>("/v1/entitlement", { serial, kind: "labour" }),
    enabled: !!serial,
    staleTime: 300_000,
  });
