import { useCallback, useEffect, useState } from "react";

export interface Position {
  lat: number;
  lon: number;
  accuracy_m: number;
}

const PATIENCE = 12_000;

/** Asks the phone where it is; `none` where it may not tell, cannot, or takes too long. */
export function usePosition() {
  const [state, setState] = useState<"asking" | "found" | "none">("asking");
  const [found, setFound] = useState<Position | null>(null);
  const ask = useCallback(() => {
    if (!("geolocation" in navigator)) return setState("none");
    setState("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setFound({ lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy });
        setState("found");
      },
      () => setState("none"),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60_000 },
    );
  }, []);
  useEffect(ask, [ask]);
  return { state, found, ask };
}
