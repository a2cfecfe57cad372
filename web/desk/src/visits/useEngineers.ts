import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { get } from "../api/client";
import { useMay } from "../app/session";
import type { Choice } from "../ui/listShape";

interface Engineer {
  code: string;
  name: string;
  base_city: string;
}

const NOBODY: Engineer[] = [];

/** The engineers of the house. */
function useAll(): Engineer[] {
  const may = useMay("tickets:read");
  const found = useQuery({
    queryKey: ["engineers"],
    queryFn: () => get<{ items: Engineer[] }>("/v1/engineers"),
    enabled: may,
    staleTime: 300_000,
  });
  return found.data?.items ?? NOBODY;
}

/** Engineers by their codes, with name and town. Any other code may be typed. */
export function useEngineers(): Choice[] {
  return useAll().map(({ code, name, base_city: town }) => ({
    value: code,
    label: [code, name, town].filter(Boolean).join(" · "),
  }));
}

/** An engineer's name by the code; the code itself where nobody has it. */
export function useEngineerName(): (code: string) => string {
  const all = useAll();
  return useCallback((code) => all.find((one) => one.code === code)?.name ?? code, [all]);
}
