import type { Move } from "../api/stockTypes";

/** What a move adds to a set of places: the good pieces that came in, less those that went out. */
export function effectOf(move: Move, places: ReadonlySet<string>): number {
  if (move.condition !== "good") return 0;
  const into = places.has(move.target) ? move.quantity : 0;
  const outOf = places.has(move.source) ? move.quantity : 0;
  return into - outOf;
}

/**
 * The balance after each move of a page, newest first, counted back from the present balance.
 * It is never stored: a ledger that keeps a running sum is wrong as soon as two acts cross.
 */
export function balancesAfter(
  moves: Move[],
  places: ReadonlySet<string>,
  present: number,
): number[] {
  let balance = present;
  return moves.map((move) => {
    const after = balance;
    balance -= effectOf(move, places);
    return after;
  });
}
