/** Only paths of the desk are gone back to. */
export const backTo = (next: string | null): string =>
  next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/login") ? next : "/";

export type LoginRefusal = "no_account" | "failed";

/** Why the identity provider's login did not work; it stands in the address that was asked for. */
export function refusalOf(next: string | null): LoginRefusal | null {
  const why = new URLSearchParams((next ?? "").split("?")[1]).get("login");
  return why === "no_account" || why === "failed" ? why : null;
}
