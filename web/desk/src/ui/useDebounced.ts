import { useEffect, useRef, useState } from "react";

/** The value once it has been still for `ms`. Values are compared by what they hold. */
export function useDebounced<T>(value: T, ms = 250): T {
  const [still, setStill] = useState(value);
  const latest = useRef(value);
  const content = typeof value === "string" ? value : JSON.stringify(value);
  useEffect(() => {
    latest.current = value;
  });
  useEffect(() => {
    const timer = setTimeout(() => setStill(latest.current), ms);
    return () => clearTimeout(timer);
  }, [content, ms]);
  return still;
}
