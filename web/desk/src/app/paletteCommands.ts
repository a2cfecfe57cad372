import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { conversations } from "../api/conversations";
import { assets, customers } from "../api/records";
import { tickets } from "../api/tickets";
import { useWords } from "../i18n/LanguageProvider";
import { KNOWLEDGE_TABS } from "../knowledge/tabs";
import { useLook } from "../theme/ThemeProvider";
import { useDebounced } from "../ui/useDebounced";
import { placesOf } from "./places";
import { useOwnPresence } from "./presence";
import { useMe } from "./session";

export interface Command {
  key: string;
  group: string;
  title: string;
  hint?: string;
  to?: string;
  act?: () => void;
}

const PER_KIND = 5;

/** Pages and acts that are always there. */
export function useStandingCommands(): Command[] {
  const { t, language, setLanguage } = useWords();
  const me = useMe();
  const look = useLook();
  const { status, choose } = useOwnPresence();
  return useMemo(() => {
    const pages: Command[] = placesOf(me).map((place) => ({
      key: place.path.slice(1),
      group: t("palette.pages"),
      title: t(place.title),
      to: place.path,
    }));
    if (me.scopes.includes("knowledge:read")) {
      const [, ...parts] = KNOWLEDGE_TABS;
      const open = parts.filter(({ scope }) => !scope || me.scopes.includes(scope));
      pages.push(
        ...open.map(({ to, title }) => ({
          key: to.slice(1).replace("/", "-"),
          group: t("palette.pages"),
          title: t(title),
          hint: t("nav.knowledge"),
          to,
        })),
      );
    }
    if (me.scopes.includes("knowledge:write")) {
      const title = t("knowledge.new");
      pages.push({ key: "new-article", group: t("palette.acts"), title, to: "/knowledge/new" });
    }
    const other = status === "online" ? "away" : "online";
    const acts: Command[] = [
      { title: look.mode === "dark" ? t("nav.light") : t("nav.dark"), act: look.toggle },
      {
        title: t("nav.otherLanguage"),
        act: () => setLanguage(language === "zh" ? "en" : "zh"),
      },
      {
        title: t("palette.goPresence", { status: t.label("presence", other) }),
        act: () => choose(other),
      },
    ].map((one, index) => ({ ...one, key: `act-${index}`, group: t("palette.acts") }));
    return [...pages, ...acts];
  }, [t, language, setLanguage, me, look, status, choose]);
}

/** Records whose number, name or text fits what is typed. */
export function useFoundCommands(text: string): { found: Command[]; searching: boolean } {
  const { t } = useWords();
  const me = useMe();
  const q = useDebounced(text.trim(), 180);
  const search = useQuery({
    queryKey: ["palette", q],
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => findRecords(q, me.scopes, signal),
  });
  const found = useMemo(
    () =>
      q.length < 2
        ? []
        : (search.data ?? []).map(({ kind, ...one }) => ({
            ...one,
            group: t.label("palette", kind),
          })),
    [search.data, q, t],
  );
  return { found, searching: search.isFetching };
}

interface Found {
  kind: "tickets" | "devices" | "customers" | "conversations";
  key: string;
  title: string;
  hint: string;
  to: string;
}

async function findRecords(q: string, scopes: string[], signal: AbortSignal): Promise<Found[]> {
  const ask = async <T>(scope: string, call: () => Promise<{ items: T[] }>): Promise<T[]> =>
    scopes.includes(scope) ? (await call()).items.slice(0, PER_KIND) : [];
  const [ticketRows, assetRows, customerRows, conversationRows] = await Promise.all([
    ask("tickets:read", () => tickets({ q, limit: PER_KIND }, signal)),
    ask("assets:read", () => assets({ q }, signal)),
    ask("customers:read", () => customers({ q }, signal)),
    ask("conversations:read", () => conversations({ box: "all", q, limit: PER_KIND }, signal)),
  ]);
  return [
    ...ticketRows.map((one) => ({
      kind: "tickets" as const,
      key: `t-${one.number}`,
      title: one.title,
      hint: one.number,
      to: `/tickets/${encodeURIComponent(one.number)}`,
    })),
    ...assetRows.map((one) => ({
      kind: "devices" as const,
      key: `d-${one.id}`,
      title: one.serial,
      hint: one.model,
      to: `/devices/${encodeURIComponent(one.serial)}`,
    })),
    ...customerRows.map((one) => ({
      kind: "customers" as const,
      key: `c-${one.id}`,
      title: one.name,
      hint: one.number,
      to: `/customers/${one.id}`,
    })),
    ...conversationRows.map((one) => ({
      kind: "conversations" as const,
      key: `m-${one.id}`,
      title: one.contact_name || one.subject || one.snippet,
      hint: one.snippet,
      to: `/inbox/all/${one.id}`,
    })),
  ];
}
