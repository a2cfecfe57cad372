interface Found {
  rawValue: string;
}
interface Detector {
  detect: (source: CanvasImageSource | Blob) => Promise<Found[]>;
}
interface DetectorClass {
  new (options?: { formats: string[] }): Detector;
  getSupportedFormats: () => Promise<string[]>;
}

const WANTED = ["qr_code", "data_matrix", "code_128", "code_39", "ean_13", "itf"];

/** The browser's own reader of codes; null where it has none. */
export async function detector(): Promise<Detector | null> {
  const reader = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!reader) return null;
  try {
    const known = await reader.getSupportedFormats();
    const formats = WANTED.filter((one) => known.includes(one));
    return formats.length ? new reader({ formats }) : null;
  } catch {
    return null;
  }
}
