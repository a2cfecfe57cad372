const listeners = new Set<() => void>();

/** Called by the bell: what happens when a command asks for the notices. */
export function onOpenNotices(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const openNotices = (): void => listeners.forEach((listener) => listener());
