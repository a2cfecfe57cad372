import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { Spinner } from "./States";

const FAR = 70;
const MOST = 110;

/** Pull the page down to read it anew. */
export function Pull({ onPull, children }: { onPull: () => Promise<unknown>; children: ReactNode }) {
  const { t } = useWords();
  const [drawn, setDrawn] = useState(0);
  const [reading, setReading] = useState(false);
  const began = useRef<number | null>(null);
  const drawnNow = useRef(0);
  const latest = useRef(onPull);
  useEffect(() => {
    latest.current = onPull;
  });

  useEffect(() => {
    const set = (way: number) => {
      drawnNow.current = way;
      setDrawn(way);
    };
    const start = (event: TouchEvent) => {
      began.current = window.scrollY <= 0 ? (event.touches[0]?.clientY ?? null) : null;
    };
    const move = (event: TouchEvent) => {
      if (began.current === null) return;
      const way = (event.touches[0]?.clientY ?? 0) - began.current;
      set(way > 0 && window.scrollY <= 0 ? Math.min(MOST, way * 0.5) : 0);
    };
    const end = () => {
      const far = drawnNow.current >= FAR;
      began.current = null;
      set(0);
      if (!far) return;
      setReading(true);
      void latest.current().finally(() => setReading(false));
    };
    document.addEventListener("touchstart", start, { passive: true });
    document.addEventListener("touchmove", move, { passive: true });
    document.addEventListener("touchend", end);
    document.addEventListener("touchcancel", end);
    return () => {
      document.removeEventListener("touchstart", start);
      document.removeEventListener("touchmove", move);
      document.removeEventListener("touchend", end);
      document.removeEventListener("touchcancel", end);
    };
  }, []);

  return (
    <>
      <div className="pull" style={{ height: reading ? 48 : drawn }} role="status">
        {reading ? (
          <>
            <Spinner /> {t("state.loading")}
          </>
        ) : (
          drawn > 0 && t(drawn >= FAR ? "pull.release" : "pull.more")
        )}
      </div>
      {children}
    </>
  );
}
