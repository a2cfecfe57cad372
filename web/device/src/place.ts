/** Which page an address is. */

export type Place = { kind: "device"; code: string } | { kind: "report"; token: string };

/** `/d/r/<secret>` follows a report, `/d/<code>` shows a device. */
export function placeOf(path: string): Place {
  const report = /^\/d\/r\/([^/]+)/.exec(path);
  if (report) return { kind: "report", token: decode(report[1] ?? "") };
  return { kind: "device", code: decode(/^\/d\/([^/]+)/.exec(path)?.[1] ?? "") };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
