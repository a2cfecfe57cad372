import { useQuery } from "@tanstack/react-query";
import { get, segment } from "./client";
import type { Query } from "./client";
import { useMyself } from "./engineers";
import type { components } from "./schema";
import type { Page } from "./visits";

type Schemas = components["schemas"];
export type Balance = Schemas["BalanceView"];
export type Location = Schemas["LocationView"];
export type Transfer = Schemas["TransferView"];
export type PartRequest = Schemas["RequestView"];
export type Part = Schemas["StockPartView"];
export type PartFile = Schemas["StockPartPage"];
export type Scanned = Schemas["ScanView"];
export type Reservation = Schemas["ReservationView"];

/** The engineer's van as a stock location; null where there is none. */
export function useVan() {
  const myself = useMyself();
  const code = myself.data?.code;
  return useQuery({
    queryKey: ["stock", "van", code],
    queryFn: async () => {
      const found = await get<Location[]>("/v1/stock/locations", { level: "van" });
      return found.find((one) => one.engineer === code && one.active) ?? null;
    },
    enabled: !!code,
    staleTime: 600_000,
  });
}

export const balances = (query: Query): Promise<Page<Balance>> => get("/v1/stock/balances", query);
export const useBalances = (location: string | undefined) =>
  useQuery({
    queryKey: ["stock", "balances", location],
    queryFn: async () => (await balances({ location, held: true, limit: 200 })).items,
    enabled: !!location,
  });

export const parts = (q: string): Promise<Page<Part>> => get("/v1/stock/parts", { q, limit: 20 });
export const partFile = (part: string): Promise<PartFile> => get(`/v1/stock/parts/${segment(part)}`);
export const scan = (code: string): Promise<Scanned> => get("/v1/stock/scan", { code });

export const useTransfers = (location: string | undefined) =>
  useQuery({
    queryKey: ["stock", "transfers", location],
    queryFn: async () =>
      (await get<Page<Transfer>>("/v1/stock/transfers", { location, state: ["in_transit", "draft"] })).items,
    enabled: !!location,
  });

export const useRequests = (location: string | undefined) =>
  useQuery({
    queryKey: ["stock", "requests", location],
    queryFn: async () =>
      (await get<Page<PartRequest>>("/v1/stock/requests", { location, limit: 20 })).items,
    enabled: !!location,
  });

/** Parts that are kept for a visit or for its ticket. */
export const useReserved = (visit: string, ticket: string | undefined) =>
  useQuery({
    queryKey: ["stock", "reserved", visit, ticket],
    queryFn: async () => {
      const ask = (purpose_type: string, purpose_number: string) =>
        get<Page<Reservation>>("/v1/stock/reservations", { state: "active", purpose_type, purpose_number });
      const found = await Promise.all([ask("work_order", visit), ask("ticket", ticket ?? "")]);
      return found.flatMap((page) => page.items);
    },
    enabled: !!ticket,
  });
