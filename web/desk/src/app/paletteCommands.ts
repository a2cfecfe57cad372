import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { contracts } from "../api/contracts";
import { conversations } from "../api/conversations";
import { assets, customers } from "../api/records";
import { allLocations, stockParts } from "../api/stock";
import { tickets } from "../api/tickets";
import { visits } from "../api/visits";
import { ENDING_DAYS } from "../contracts/terms";
import type { Translator } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { KNOWLEDGE_TABS } from "../knowledge/tabs";
import { openNotices } from "../notices/noticeState";
import { locationPath, partName, partPath } from "../stock/terms";
import { useLook } from "../theme/ThemeProvider";
import { useDebounced } from "../ui/useDebounced";
import { houseCommands } from "./houseCommands";
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
    pages.push(...workCommands(me.scopes, t), ...houseCommands(me.scopes, t));
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

/** Acts and pages of the daily work, as far as a person may do them. */
function workCommands(scopes: string[], t: Translator): Command[] {
  const acts = t("palette.acts");
  const pages = t("palette.pages");
  const all: (Command & { scope?: string })[] = [
    { key: "new-ticket", group: acts, title: t("tickets.new"), to: "/tickets?new=1", scope: "tickets:open" },
    { key: "new-contract", group: acts, title: t("contracts.new"), to: "/contracts/new", scope: "contracts:write" },
    { key: "new-policy", group: acts, title: t("promises.newPolicy"), to: "/promises/policies/new", scope: "sla:write" },
    { key: "new-calendar", group: acts, title: t("calendar.new"), to: "/promises/calendars/new", scope: "sla:write" },
    { key: "notices", group: acts, title: t("notices.title"), act: openNotices },
    { key: "late", group: pages, title: `${t("nav.tickets")}: ${t("tickets.late")}`, to: "/tickets?due_state=breached&sort=due", scope: "tickets:read" },
    { key: "visits-today", group: pages, title: `${t("nav.visits")}: ${t.label("visitWhen", "today")}`, to: "/visits?when=today", scope: "tickets:read" },
    { key: "ending", group: pages, title: t("contracts.endingSoon", { count: ENDING_DAYS }), to: "/contracts?state=active&ending=true", scope: "contracts:read" },
    { key: "policies", group: pages, title: t("promises.policies"), hint: t("nav.promises"), to: "/promises/policies", scope: "contracts:read" },
    { key: "calendars", group: pages, title: t("promises.calendars"), hint: t("nav.promises"), to: "/promises/calendars", scope: "contracts:read" },
  ];
  return all
    .filter(({ scope }) => !scope || scopes.includes(scope))
    .map(({ scope: _, ...command }) => command);
}

/** Records whose number, name or text fits what is typed. */
export function useFoundCommands(text: string): { found: Command[]; searching: boolean } {
  const { t, language } = useWords();
  const me = useMe();
  const q = useDebounced(text.trim(), 180);
  const search = useQuery({
    queryKey: ["palette", q, language],
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => findRecords(q, me.scopes, language, signal),
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
  kind: "visits" | "contracts" | "tickets" | "devices" | "customers" | "conversations" | "parts" | "locations";
  key: string;
  title: string;
  hint: string;
  to: string;
}

async function findRecords(
  q: string,
  scopes: string[],
  language: string,
  signal: AbortSignal,
): Promise<Found[]> {
  const ask = async <T>(scope: string, call: () => Promise<{ items: T[] }>): Promise<T[]> =>
    scopes.includes(scope) ? (await call()).items.slice(0, PER_KIND) : [];
  const [
    ticketRows, visitRows, contractRows, assetRows, customerRows, conversationRows, partRows, placeRows,
  ] = await Promise.all([
    ask("tickets:read", () => tickets({ q, limit: PER_KIND }, signal)),
    ask("tickets:read", () => visits({ q, limit: PER_KIND }, signal)),
    ask("contracts:read", () => contracts({ q, limit: PER_KIND }, signal)),
    ask("assets:read", () => assets({ q }, signal)),
    ask("customers:read", () => customers({ q }, signal)),
    ask("conversations:read", () => conversations({ box: "all", q, limit: PER_KIND }, signal)),
    ask("stock:read", () => stockParts({ q, limit: PER_KIND }, signal)),
    ask("stock:read", async () => ({ items: await allLocations({ q }, signal) })),
  ]);
  return [
    ...ticketRows.map((one) => ({
      kind: "tickets" as const,
      key: `t-${one.number}`,
      title: one.title,
      hint: one.number,
      to: `/tickets/${encodeURIComponent(one.number)}`,
    })),
    ...visitRows.map((one) => ({
      kind: "visits" as const,
      key: `v-${one.number}`,
      title: one.purpose || one.number,
      hint: one.number,
      to: `/visits/${encodeURIComponent(one.number)}`,
    })),
    ...contractRows.map((one) => ({
      kind: "contracts" as const,
      key: `k-${one.number}`,
      title: one.customer_name,
      hint: one.number,
      to: `/contracts/${encodeURIComponent(one.number)}`,
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
    ...partRows.map((one) => ({
      kind: "parts" as const,
      key: `p-${one.part}`,
      title: partName(one.names, language) || one.part,
      hint: one.part,
      to: partPath(one.part),
    })),
    ...placeRows.map((one) => ({
      kind: "locations" as const,
      key: `l-${one.code}`,
      title: one.name || one.code,
      hint: one.code,
      to: locationPath(one.code),
    })),
  ];
}
