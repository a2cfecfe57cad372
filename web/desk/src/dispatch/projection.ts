export interface Point {
  lat: number;
  lon: number;
}

/** A piece of the world on a sheet of pixels: which longitude and latitude are in its middle. */
export interface Camera {
  lat: number;
  lon: number;
  /** Pixels per degree of longitude. */
  zoom: number;
}

const MOST_ZOOM = 4_000;
const LEAST_ZOOM = 1.5;

/** Mercator: angles stay true, so that a way on the map points where it goes. */
const north = (lat: number): number => {
  const kept = Math.max(-85, Math.min(85, lat));
  return (Math.log(Math.tan(Math.PI / 4 + (kept * Math.PI) / 360)) * 180) / Math.PI;
};
const south = (y: number): number => (Math.atan(Math.exp((y * Math.PI) / 180)) * 360) / Math.PI - 90;

export const project = (camera: Camera, point: Point, width: number, height: number) => ({
  x: width / 2 + (point.lon - camera.lon) * camera.zoom,
  y: height / 2 - (north(point.lat) - north(camera.lat)) * camera.zoom,
});

/** The camera that shows all points with some room around them. */
export function fitted(points: Point[], width: number, height: number): Camera {
  if (points.length === 0) return { lat: 20, lon: 20, zoom: Math.max(LEAST_ZOOM, width / 340) };
  const lons = points.map((one) => one.lon);
  const ys = points.map((one) => north(one.lat));
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const zoom = Math.min(
    (width * 0.82) / Math.max(east - west, 0.4),
    (height * 0.78) / Math.max(high - low, 0.4),
  );
  return { lat: south((low + high) / 2), lon: (west + east) / 2, zoom: clampZoom(zoom) };
}

export const clampZoom = (zoom: number): number => Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, zoom));

export const panned = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  lon: camera.lon - dx / camera.zoom,
  lat: south(north(camera.lat) + dy / camera.zoom),
});

/** Lines of the grid in degrees: so many that a person can read the scale from them. */
export function gridStep(zoom: number): number {
  const wanted = 90 / zoom;
  return [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30].find((step) => step >= wanted) ?? 30;
}

/** Labels that would cover one another are left out, the first ones win. */
export function readable<T extends { x: number; y: number; text: string }>(labels: T[]): T[] {
  const kept: T[] = [];
  for (const one of labels) {
    const room = 7 * one.text.length + 10;
    if (kept.every((other) => Math.abs(other.y - one.y) > 14 || Math.abs(other.x - one.x) > room)) {
      kept.push(one);
    }
  }
  return kept;
}
