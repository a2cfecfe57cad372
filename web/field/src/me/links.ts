/** The page of this app for a link of the desk; empty where it has none. */
export function placeOf(link: string): string {
  const [, kind = "", name = ""] = link.split(/[?#]/)[0]?.split("/") ?? [];
  if (kind === "visits" && name) return `/visits/${name}`;
  if (kind === "devices" && name) return `/devices/${name}`;
  if (kind === "pool") return "/?show=pool";
  if (kind === "absences") return "/me/absences";
  if (kind === "stock") return "/van";
  return "";
}
