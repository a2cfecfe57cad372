import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client";
import { useMay } from "../app/session";
import type { Choice } from "../ui/listShape";

interface Engineer {
  code: string;
  name: string;
  base_city: string;
}

/** Engineers by their codes, with name and town. Any other code may be typed. */
export function useEngineers(): Choice[] {
  const may = useMay("tickets:read");
  const found = useQuery({
    queryKey: ["engineers"],
    queryFn: () => get<{ items: Engineer[] }>("/v1/engineers"),
    enabled: may,
    staleTime: 300_000,
  });
  return (found.data?.items ?? []).map(({ code, name, base_city: town }) => ({
    value: code,
    label: [code, name, town].filter(Boolean).join(" · "),
  }));
}
