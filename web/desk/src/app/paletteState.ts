type Listener = () => void;
const listeners = new Set<Listener>();

/** Open the command palette from anywhere. */
export const openPalette = (): void => listeners.forEach((listener) => listener());

export function onOpenPalette(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
