import { useCallback, useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { readQuery, writeQuery } from "./listQuery";
import type { ListQuery } from "./listQuery";
import { readStored, writeStored } from "./useStored";

/**
 * The query of a list, kept in the address, so that it can be sent to a colleague and linked to.
 * A list that is opened without one shows what this person looked at last, or `first`.
 */
export function useListQuery(
  subject: string,
  names: string[],
  first?: ListQuery,
): [ListQuery, (query: ListQuery) => void] {
  const [params, setParams] = useSearchParams();
  const stored = `${subject}.query`;
  const known = names.join(" ");
  const query = useMemo(() => readQuery(params, known.split(" ")), [params, known]);
  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current) return;
    arrived.current = true;
    const last = readStored<string>(stored, first ? writeQuery(first).toString() : "");
    if (params.size === 0 && last) setParams(new URLSearchParams(last), { replace: true });
  });
  const setQuery = useCallback(
    (next: ListQuery) => {
      const written = writeQuery(next);
      writeStored(stored, written.toString());
      setParams(written, { replace: true });
    },
    [setParams, stored],
  );
  return [query, setQuery];
}
