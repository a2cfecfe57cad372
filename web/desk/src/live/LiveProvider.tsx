import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { createContext, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { useMay } from "../app/session";
import { counts } from "../api/conversations";
import { useWords } from "../i18n/LanguageProvider";
import { useStored } from "../ui/useStored";
import { chime, notify } from "./alert";
import { keepLive, liveUrl } from "./socket";
import type { LiveFrame } from "./socket";
import { stoppedTyping, typed } from "./typing";

const POLL_MS = 5_000;
/** Frames that come in a burst cost one refetch. */
const GATHER_MS = 120;

interface Live {
  connected: boolean;
  /** How often lists must ask by themselves: never while the socket is open. */
  pollMs: number | false;
  muted: boolean;
  setMuted: (muted: boolean) => void;
}

const Context = createContext<Live>({
  connected: false,
  pollMs: POLL_MS,
  muted: false,
  setMuted: () => undefined,
});
export const useLive = (): Live => useContext(Context);

/** Keeps the pages true to the backend, and tells when a customer waits. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [connected, setConnected] = useState(false);
  const [muted, setMuted] = useStored("muted", false);
  const reads = useMay("conversations:read");
  const onWaiting = useWaitingAlert(muted);
  const refetch = useGatheredRefetch();
  const client = useQueryClient();

  const handler = useRef<(frame: LiveFrame) => void>(() => undefined);
  useEffect(() => {
    handler.current = (frame) => {
      if (frame.type === "conversation") {
        stoppedTyping(frame.id);
        refetch(frame.id);
      } else if (frame.type === "waiting") {
        onWaiting(frame.id, frame.reason);
        refetch(frame.id);
      } else if (frame.type === "typing") typed(frame.id);
      else if (frame.type === "presence") refetch("presence");
    };
  });
  useEffect(() => {
    if (!reads) return;
    return keepLive({
      url: liveUrl(),
      onFrame: (frame) => handler.current(frame),
      onState: (now) => {
        setConnected(now);
        if (now) refetch("all");
      },
      onDenied: () => void client.invalidateQueries({ queryKey: ["me"] }),
    });
  }, [reads, refetch, client]);

  useWaitingTitle(reads, connected);
  const value = useMemo(
    () => ({ connected, pollMs: connected ? (false as const) : POLL_MS, muted, setMuted }),
    [connected, muted, setMuted],
  );
  return <Context value={value}>{children}</Context>;
}

function useGatheredRefetch(): (what: string) => void {
  const client = useQueryClient();
  const waiting = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return useMemo(
    () => (what: string) => {
      waiting.current.add(what);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const all = waiting.current;
        waiting.current = new Set();
        if (all.delete("presence")) void client.invalidateQueries({ queryKey: ["presence"] });
        if (all.size === 0) return;
        void client.invalidateQueries({ queryKey: ["conversations"] });
        if (all.has("all")) void client.invalidateQueries({ queryKey: ["conversation"] });
        for (const id of all) void client.invalidateQueries({ queryKey: ["conversation", id] });
      }, GATHER_MS);
    },
    [client],
  );
}

function useWaitingAlert(muted: boolean): (id: string, reason: string) => void {
  const { t } = useWords();
  const { notification } = App.useApp();
  const navigate = useNavigate();
  return (id, reason) => {
    const open = () => {
      notification.destroy(`waiting-${id}`);
      void navigate(`/inbox/queue/${id}`);
    };
    const why = t.label("handoff", reason);
    if (!muted) {
      chime();
      notify(t("live.waiting"), why, id, open);
    }
    notification.warning({
      key: `waiting-${id}`,
      title: t("live.waiting"),
      description: why,
      duration: 8,
      onClick: open,
      className: "live-waiting",
    });
  };
}

/** The browser tab shows how many customers wait for a person. */
function useWaitingTitle(reads: boolean, connected: boolean): void {
  const { t } = useWords();
  const numbers = useQuery({
    queryKey: ["conversations", "counts"],
    queryFn: counts,
    enabled: reads,
    refetchInterval: connected ? false : POLL_MS,
  });
  const queue = numbers.data?.queue ?? 0;
  useEffect(() => {
    document.title = queue > 0 ? `(${queue}) ${t("app.name")}` : t("app.name");
  }, [queue, t]);
}
