export interface Limits {
  low?: number | null;
  high?: number | null;
}

/** Whether a value passes; limits are included; null where there are none. As the server judges. */
export function judged(value: number, { low, high }: Limits): boolean | null {
  if (low == null && high == null) return null;
  return (low == null || value >= low) && (high == null || value <= high);
}
