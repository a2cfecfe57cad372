const DONE = "careloop.field.reloaded";
const PAUSE = 60_000;

/** A page built before the last update misses a file: read the new page, but not in a circle. */
export function reloadOnce(): void {
  try {
    if (Date.now() - Number(sessionStorage.getItem(DONE)) < PAUSE) return;
    sessionStorage.setItem(DONE, String(Date.now()));
  } catch {
    return;
  }
  location.reload();
}
