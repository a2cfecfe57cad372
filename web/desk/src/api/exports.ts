import { Unreachable, problemOf } from "./problem";
import { segment, urlOf } from "./client";
import type { Query } from "./client";

/**
 * Save everything that a list's filters find as a file; the server names it. Heads are in the
 * reader's language and times in their zone.
 */
export async function downloadList(
  kind: string,
  format: string,
  query: Query,
  headers: string,
): Promise<void> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const asked = { ...query, format, headers, time_zone: timeZone };
  let response: Response;
  try {
    response = await fetch(urlOf(`/v1/exports/${segment(kind)}`, asked), {
      credentials: "same-origin",
    });
  } catch {
    throw new Unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  saveBlob(fileName(response.headers.get("Content-Disposition")) ?? `${kind}.${format}`, await response.blob());
}

/** The file name in a `Content-Disposition` header (RFC 6266), the one in UTF-8 first. */
export function fileName(header: string | null): string | undefined {
  const wide = /filename\*=UTF-8''([^;]+)/i.exec(header ?? "")?.[1];
  if (wide) return decodeURIComponent(wide.trim());
  return /filename="?([^";]+)"?/i.exec(header ?? "")?.[1];
}

/** Let the browser save bytes as a file. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
