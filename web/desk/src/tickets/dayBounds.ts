import type { Query } from "../api/client";

const UNTIL = ["due_before", "created_until"];
const FROM = ["created_from"];

/** Days of the reader become instants: “until a day” takes that whole day in. */
export function dayBounds(query: Query): Query {
  const out: Query = { ...query };
  const bound = (names: string[], clock: string) => {
    for (const name of names) {
      const value = [out[name]].flat()[0];
      if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
        out[name] = new Date(`${value}T${clock}`).toISOString();
      }
    }
  };
  bound(UNTIL, "23:59:59");
  bound(FROM, "00:00:00");
  return out;
}
