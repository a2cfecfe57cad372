import { ApiProblem } from "../api/problem";

/** How one attempt of an act is sent. */
export interface Attempt {
  /** The same key for every retry of the same act, a new one for each new act. */
  key: string;
  /** The version that the act is based on; absent for a thing that has none yet. */
  version?: number;
}

/**
 * Hands out idempotency keys. The key stays while the same values are sent on the same version,
 * so that a retry after a lost answer acts once; it is given up when the act succeeded.
 */
export class Keys {
  private act = "";
  private key = "";

  constructor(private readonly fresh: () => string = () => crypto.randomUUID()) {}

  for(values: unknown, version: number | undefined): string {
    const act = JSON.stringify([values, version ?? null]);
    if (act !== this.act || !this.key) {
      this.act = act;
      this.key = this.fresh();
    }
    return this.key;
  }

  spent(): void {
    this.key = "";
  }
}

/** The complaints of the backend about single fields, by the path of the field in the form. */
export function fieldErrors(error: unknown): { name: (string | number)[]; errors: string[] }[] {
  if (!(error instanceof ApiProblem) || error.status !== 422) return [];
  const alone = /^([a-z][\w.]*): (.+)$/.exec(error.detail);
  if (Object.keys(error.errors).length === 0 && alone?.[1] && alone[2] && !alone[2].includes("; ")) {
    return [{ name: alone[1].split("."), errors: [alone[2]] }];
  }
  return Object.entries(error.errors).flatMap(([path, text]) => {
    if (typeof text !== "string") return [];
    const parts = path.split(".").filter((part) => part !== "body");
    const name = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    return name.length ? [{ name, errors: [text] }] : [];
  });
}
