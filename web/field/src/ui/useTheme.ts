import { useEffect } from "react";
import { readStored, useStored } from "./useStored";

export type Theme = "system" | "light" | "dark";
const dark = () => matchMedia("(prefers-color-scheme: dark)");

export function showTheme(theme: Theme): void {
  const shown = theme === "system" ? (dark().matches ? "dark" : "light") : theme;
  document.documentElement.dataset.theme = shown;
}

/** Before the first picture is drawn. */
export const showStoredTheme = (): void => showTheme(readStored<Theme>("theme", "system"));

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useStored<Theme>("theme", "system");
  useEffect(() => {
    showTheme(theme);
    const changed = () => showTheme(theme);
    dark().addEventListener("change", changed);
    return () => dark().removeEventListener("change", changed);
  }, [theme]);
  return [theme, setTheme];
}
