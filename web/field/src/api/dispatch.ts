import { useQuery } from "@tanstack/react-query";
import { reach } from "../today/days";
import type { Span } from "../today/days";
import { midnight } from "../today/days";
import { get, segment } from "./client";
import type { components } from "./schema";
import { visits } from "./visits";

type Schemas = components["schemas"];
export type MyDay = Schemas["MyDay"];
export type Stop = Schemas["StopView"];
export type PoolJob = Schemas["PoolJob"];

/** One's own visits of a span, in order, with the way to each. */
export const useMyDay = (span: Span) =>
  useQuery({
    queryKey: ["visits", "mine", span],
    queryFn: () => {
      const { from, until } = reach(span, new Date());
      return get<MyDay>("/v1/me/visits", { from: from.toISOString(), until: until.toISOString() });
    },
    refetchInterval: 120_000,
  });

/** What should be over and is not. */
export const useLate = () =>
  useQuery({
    queryKey: ["visits", "late"],
    queryFn: async () => {
      const today = midnight(new Date()).toISOString();
      const state = ["planned", "confirmed", "en_route", "on_site"];
      const { items } = await visits({ mine: true, state, window_until: today, limit: 20 });
      return items.filter((one) => one.window.until <= new Date(today).toISOString());
    },
  });

export const usePool = (enabled: boolean) =>
  useQuery({
    queryKey: ["visits", "pool"],
    queryFn: async () => (await get<{ items: PoolJob[] }>("/v1/dispatch/pool")).items,
    enabled,
  });

export const grabPath = (number: string): string => `/v1/dispatch/pool/${segment(number)}/grab`;
