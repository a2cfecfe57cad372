import { useEffect, useRef } from "react";
import type { RefObject } from "react";
import { useLocation } from "react-router";

/** For a row of tabs that scrolls on a phone: the one that is open comes into sight. */
export function useTabInSight(): RefObject<HTMLElement | null> {
  const { pathname } = useLocation();
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    tabs.current?.querySelector(".active")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return tabs;
}
