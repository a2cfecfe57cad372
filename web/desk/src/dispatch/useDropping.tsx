import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useCallback, useState } from "react";
import { assign, unassign } from "../api/dispatch";
import type { Board, Placed, Reason } from "../api/dispatch";
import { ApiProblem, isStatus } from "../api/problem";
import { useWords } from "../i18n/LanguageProvider";
import { Keys } from "../ui/command";
import { useFailure } from "../ui/useFailureText";
import { useUndo } from "../ui/useUndo";
import { ReasonList } from "./reasons";
import { BOARD_KEY } from "./useBoard";
import { dropped } from "./moving";
import type { Move } from "./moving";

/** A drop that needs a person's word, with what speaks against it. */
export interface Doubt {
  move: Move;
  reasons: Reason[];
}

/**
 * Dropping a load: shown at once, sent, and taken back where the server refuses. What may be
 * overruled is asked; what may not is explained.
 */
export function useDropping(onPlaced?: (work_order: string) => void) {
  const client = useQueryClient();
  const { t } = useWords();
  const { modal } = App.useApp();
  const { fail } = useFailure();
  const undoable = useUndo();
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  const [busy, setBusy] = useState(false);
  const [keys] = useState(() => new Keys());

  const reread = useCallback(
    () =>
      Promise.all(
        [["dispatch"], ["tickets"], ["visits"]].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
    [client],
  );

  const drop = useCallback(
    async (move: Move, reason = "") => {
      setBusy(true);
      const before = client.getQueriesData<Board>({ queryKey: BOARD_KEY });
      client.setQueriesData<Board>({ queryKey: BOARD_KEY }, (old) => old && shownMoved(old, move));
      try {
        const body = { ...dropped(move), ...(reason && { force: true, reason }) };
        const placed = await assign(body, keys.for(body, undefined));
        keys.spent();
        setDoubt(null);
        onPlaced?.(placed.work_order);
        undoable(t("dispatch.placed", { visit: placed.work_order }), () => takeBack(move, placed).then(reread));
        await reread();
      } catch (error) {
        for (const [key, data] of before) client.setQueryData(key, data);
        const reasons = reasonsOf(error);
        if (error instanceof ApiProblem && error.code === "dispatch_needs_force") setDoubt({ move, reasons });
        else if (error instanceof ApiProblem && error.code === "dispatch_refused")
          void modal.warning({
            title: t("dispatch.refused"),
            content: reasons.length ? <ReasonList reasons={reasons} /> : error.detail,
          });
        else if (isStatus(error, 412)) {
          void modal.info({ title: t("dispatch.overtaken"), content: t("dispatch.overtakenHint") });
          await reread();
        } else {
          fail(error);
          await reread();
        }
      } finally {
        setBusy(false);
      }
    },
    [client, t, modal, fail, undoable, reread, keys, onPlaced],
  );
  return { drop, doubt, forget: () => setDoubt(null), busy, reread };
}

const takeBack = ({ load }: Move, placed: Placed): Promise<unknown> =>
  load.engineer && load.start !== null
    ? assign(
        {
          work_order: placed.work_order,
          engineer: load.engineer,
          starts_at: new Date(load.start).toISOString(),
          ...(load.window && { window: { ...load.window, time_zone: load.time_zone || "UTC" } }),
          version: placed.version,
          force: true,
          reason: "undo",
        },
        new Keys().for(load.key, undefined),
      )
    : unassign({ work_order: placed.work_order, version: placed.version, reason: "undo" }, new Keys().for(load.key, undefined));

function reasonsOf(error: unknown): Reason[] {
  const found = error instanceof ApiProblem ? error.errors.reasons : undefined;
  return Array.isArray(found) ? (found as Reason[]) : [];
}

/** The board as it will look when the server agrees. */
export function shownMoved(board: Board, { load, engineer, start }: Move): Board {
  const end = new Date(start + load.minutes * 60_000).toISOString();
  const moved = { engineer, start: new Date(start).toISOString(), end, travel_minutes: null, leave_at: null };
  const visits = board.visits.map((one) =>
    load.work_order && one.work_order === load.work_order ? { ...one, ...moved } : one,
  );
  const unplanned = board.unplanned.filter((one) => (one.work_order || one.ticket) !== load.key);
  return { ...board, visits, unplanned };
}
