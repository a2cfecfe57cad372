import { createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { chime } from "./sound";

type Tone = "plain" | "green" | "amber" | "red";
interface Toasts {
  /** Say something in passing; read out by screen readers too. */
  say: (text: string, tone?: Tone) => void;
}

const Context = createContext<Toasts>({ say: () => undefined });
export const useToast = (): Toasts => useContext(Context);
const SHOWN = 4_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<{ id: number; text: string }[]>([]);
  const last = useRef(0);
  const say = useCallback((text: string, tone: Tone = "plain") => {
    last.current += 1;
    const id = last.current;
    setShown((before) => [...before.slice(-1), { id, text }]);
    chime(tone === "amber" || tone === "red" ? "low" : "high");
    setTimeout(() => setShown((before) => before.filter((one) => one.id !== id)), SHOWN);
  }, []);
  const value = useMemo(() => ({ say }), [say]);
  return (
    <Context value={value}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {shown.map((one) => (
          <div key={one.id} className="toast">
            {one.text}
          </div>
        ))}
      </div>
    </Context>
  );
}
