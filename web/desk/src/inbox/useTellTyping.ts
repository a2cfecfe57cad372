import { useRef } from "react";
import { typing } from "../api/conversations";

const EVERY_MS = 3_000;

/** Tells the customer that somebody writes, at most every few seconds; a failure is no matter. */
export function useTellTyping(id: string): () => void {
  const last = useRef(0);
  return () => {
    if (Date.now() - last.current < EVERY_MS) return;
    last.current = Date.now();
    typing(id).catch(() => undefined);
  };
}
