import { AimOutlined, MinusOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Board, BoardJob } from "../api/dispatch";
import { useWords } from "../i18n/LanguageProvider";
import { clampZoom, fitted, gridStep, panned, project, readable } from "./projection";
import type { Camera, Point } from "./projection";

interface Props {
  board: Board;
  lit: string;
  picked: string;
  onLit: (engineer: string) => void;
  onPick: (job: BoardJob) => void;
}

interface Mark extends Point {
  key: string;
  kind: "home" | "position" | "visit" | "job" | "depot";
  text: string;
  engineer: string;
  job?: BoardJob;
  state?: string;
}

const at = (place: { lat?: number | null; lon?: number | null }): Point | null =>
  typeof place.lat === "number" && typeof place.lon === "number" ? { lat: place.lat, lon: place.lon } : null;

/** Everything on the board that has a place. */
export function marksOnMap(board: Board): Mark[] {
  const found: Mark[] = [];
  const add = (place: { lat?: number | null; lon?: number | null }, mark: Omit<Mark, "lat" | "lon">) => {
    const point = at(place);
    if (point) found.push({ ...mark, ...point });
  };
  for (const one of board.unplanned)
    add(one.place, {
      key: one.work_order || one.ticket, kind: "job", text: one.customer || one.title, engineer: "", job: one,
    });
  for (const one of board.visits)
    if (one.engineer)
      add(one.place, {
        key: one.work_order, kind: "visit", text: one.customer || one.title, engineer: one.engineer, state: one.state,
      });
  for (const one of board.engineers)
    add(one.position ?? one.home, {
      key: one.code, kind: one.position ? "position" : "home", text: one.name, engineer: one.code,
    });
  for (const one of board.depots) add(one.place, { key: one.code, kind: "depot", text: one.name, engineer: "" });
  return found;
}

/** Each engineer's way of the span, from home over the visits in order. */
export function waysOf(board: Board): { engineer: string; points: Point[] }[] {
  return board.engineers.flatMap((engineer) => {
    const stops = board.visits
      .filter((one) => one.engineer === engineer.code && one.state !== "cancelled")
      .sort((a, b) => a.start.localeCompare(b.start))
      .map((one) => at(one.place));
    const points = [at(engineer.home), ...stops].filter((one): one is Point => one !== null);
    return points.length > 1 ? [{ engineer: engineer.code, points }] : [];
  });
}

/** Where jobs, visits and engineers are. It draws its own grid and needs no tile server. */
export function BoardMap({ board, lit, picked, onLit, onPick }: Props) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 600, height: 360 });
  const [moved, setMoved] = useState<Camera | null>(null);
  const grip = useRef<{ x: number; y: number; camera: Camera } | null>(null);
  const marks = useMemo(() => marksOnMap(board), [board]);
  const ways = useMemo(() => waysOf(board), [board]);
  const whole = useMemo(() => fitted(marks, size.width, size.height), [marks, size]);
  const camera = moved ?? whole;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() =>
      setSize({ width: Math.max(element.clientWidth, 200), height: Math.max(element.clientHeight, 160) }),
    );
    watch.observe(element);
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const factor = event.deltaY < 0 ? 1.25 : 0.8;
      setMoved((old) => ({ ...(old ?? latest.current), zoom: clampZoom((old ?? latest.current).zoom * factor) }));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => {
      watch.disconnect();
      element.removeEventListener("wheel", wheel);
    };
  }, []);
  const latest = useRef(camera);
  useEffect(() => {
    latest.current = camera;
  }, [camera]);
  const place = (point: Point) => project(camera, point, size.width, size.height);
  const zoom = (factor: number) => setMoved({ ...camera, zoom: clampZoom(camera.zoom * factor) });
  const labels = readable(
    [...marks]
      .sort((a, b) => Number(b.engineer === lit) - Number(a.engineer === lit))
      .map((one) => ({ ...one, ...place(one) })),
  );
  return (
    <div className="board-map" ref={box}>
      <svg
        width={size.width}
        height={size.height}
        role="group"
        aria-label={t("dispatch.mapLabel", { jobs: board.unplanned.length, visits: board.visits.length })}
        onPointerDown={(event) => {
          if ((event.target as Element).closest("[data-mark]")) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          grip.current = { x: event.clientX, y: event.clientY, camera };
        }}
        onPointerMove={(event) => {
          const held = grip.current;
          if (held) setMoved(panned(held.camera, event.clientX - held.x, event.clientY - held.y));
        }}
        onPointerUp={() => {
          grip.current = null;
        }}
      >
        <Graticule camera={camera} width={size.width} height={size.height} />
        {ways.map((way) => (
          <polyline
            key={way.engineer}
            className="map-way"
            data-lit={lit === way.engineer || undefined}
            points={way.points.map(place).map(({ x, y }) => `${x},${y}`).join(" ")}
          />
        ))}
        {marks.map((one) => {
          const { x, y } = place(one);
          const job = one.job;
          return (
            <g
              key={`${one.kind}-${one.key}`}
              data-mark={one.kind}
              data-lit={(one.engineer !== "" && one.engineer === lit) || one.key === picked || undefined}
              transform={`translate(${x} ${y})`}
              onPointerEnter={() => one.engineer && onLit(one.engineer)}
              onPointerLeave={() => one.engineer && onLit("")}
              {...(job && {
                role: "button",
                tabIndex: 0,
                "aria-label": one.text,
                onClick: () => onPick(job),
                onKeyDown: (event: React.KeyboardEvent) => event.key === "Enter" && onPick(job),
              })}
            >
              <title>{one.text}</title>
              {one.kind === "depot" ? (
                <rect x={-5} y={-5} width={10} height={10} rx={2} />
              ) : one.kind === "home" ? (
                <path d="M0-7 7 0v7h-14V0z" />
              ) : (
                <circle r={one.kind === "job" ? 7 : 5.5} />
              )}
            </g>
          );
        })}
        {labels.map((one) => (
          <text key={`${one.kind}-${one.key}`} className="map-text" x={one.x + 9} y={one.y + 4}>
            {one.text.length > 22 ? `${one.text.slice(0, 21)}…` : one.text}
          </text>
        ))}
      </svg>
      <div className="map-tools">
        <Button size="small" aria-label={t("dispatch.zoomIn")} icon={<PlusOutlined />} onClick={() => zoom(1.5)} />
        <Button size="small" aria-label={t("dispatch.zoomOut")} icon={<MinusOutlined />} onClick={() => zoom(0.67)} />
        <Button size="small" aria-label={t("dispatch.zoomAll")} icon={<AimOutlined />} onClick={() => setMoved(null)} />
      </div>
      <Legend />
    </div>
  );
}

function Legend() {
  const { t } = useWords();
  return (
    <ul className="map-legend">
      {(["job", "visit", "home", "position", "depot"] as const).map((one) => (
        <li key={one} data-mark={one}>
          <i aria-hidden /> {t.label("mapMark", one)}
        </li>
      ))}
    </ul>
  );
}

function Graticule({ camera, width, height }: { camera: Camera; width: number; height: number }) {
  const step = gridStep(camera.zoom);
  const reach = width / camera.zoom / 2 + step;
  const lines: React.ReactNode[] = [];
  const first = Math.ceil((camera.lon - reach) / step) * step;
  for (let lon = first; lon <= camera.lon + reach; lon += step) {
    const { x } = project(camera, { lat: camera.lat, lon }, width, height);
    lines.push(<line key={`x${lon}`} x1={x} x2={x} y1={0} y2={height} />);
  }
  for (let lat = Math.max(-80, Math.ceil((camera.lat - reach) / step) * step); lat <= Math.min(80, camera.lat + reach); lat += step) {
    const { y } = project(camera, { lat, lon: camera.lon }, width, height);
    if (y > 0 && y < height) lines.push(<line key={`y${lat}`} x1={0} x2={width} y1={y} y2={y} />);
  }
  return <g className="map-grid">{lines}</g>;
}
