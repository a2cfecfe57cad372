import { useCallback, useEffect, useState } from "react";

const PREFIX = "careloop.field.";

/** A stored value, or the fallback when there is none or it cannot be read. */
export function readStored<T>(name: string, fallback: T): T {
  try {
    const raw = localStorage.getItem(PREFIX + name);
    return raw === null ? fallback : (JSON.parse(raw) as T);
  } catch {
    return fallback;
  }
}

/** Keep a value in this browser; null forgets it. A full or forbidden store is no failure. */
export function writeStored(name: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Private browsing: the setting lasts as long as the page.
  }
}

/** State that survives a reload of the page in this browser. */
export function useStored<T>(name: string, fallback: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => readStored(name, fallback));
  const [shownName, setShownName] = useState(name);
  if (shownName !== name) {
    setShownName(name);
    setValue(readStored(name, fallback));
  }
  const store = useCallback(
    (next: T) => {
      setValue(next);
      writeStored(name, next);
    },
    [name],
  );
  return [value, store];
}

/** Draft of a text under a name; it survives leaving the page and is gone when emptied. */
export function useDraft(name: string): [string, (text: string) => void] {
  const [text, setText] = useStored<string>(`draft.${name}`, "");
  const store = useCallback(
    (next: string) => {
      setText(next);
      if (next === "") writeStored(`draft.${name}`, null);
    },
    [name, setText],
  );
  useEffect(() => {
    if (readStored(`draft.${name}`, "") === "") writeStored(`draft.${name}`, null);
  }, [name]);
  return [text, store];
}
