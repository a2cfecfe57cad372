/** Longest pause between two keys of a scanner that types like a keyboard, in milliseconds. */
const SCANNER_PAUSE_MS = 45;
const SHORTEST_CODE = 4;

/**
 * Tells a scanner from a person by its speed: keys that follow one another within a few
 * milliseconds and end with Enter are one scanned code.
 */
export class WedgeReader {
  private typed = "";
  private last = -Infinity;

  /** Takes a key at a time in milliseconds; gives the code when the key was its Enter. */
  take(key: string, at: number): string | null {
    const quick = at - this.last <= SCANNER_PAUSE_MS;
    this.last = at;
    if (key === "Enter") {
      const code = quick && this.typed.length >= SHORTEST_CODE ? this.typed : null;
      this.typed = "";
      return code;
    }
    if (key.length !== 1) return null;
    this.typed = quick ? this.typed + key : key;
    return null;
  }
}
