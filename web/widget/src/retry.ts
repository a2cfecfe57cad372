import { ProblemError } from "./http";

/** A longer wait than this is the person's to decide. */
const LONGEST_RETRY_AFTER_S = 30;

/** Milliseconds until the next attempt, or null when repeating cannot help. */
export function retryDelay(error: unknown, attempt: number): number | null {
  if (error instanceof ProblemError) {
    if (error.status === 429) {
      const seconds = error.retryAfter ?? 2;
      return seconds <= LONGEST_RETRY_AFTER_S ? seconds * 1_000 : null;
    }
    if (error.status < 500) return null;
  }
  return 1_000 * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
}
