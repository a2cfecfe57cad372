/** What the visitor has written, kept on their own phone until it is sent. */

import { uuid } from "../../widget/src/uuid";
import type { StoredPhoto } from "./contract";

export interface Draft {
  client_id: string;
  text: string;
  error_code: string;
  name: string;
  phone: string;
  email: string;
  photos: StoredPhoto[];
}

/** A report sent from this phone. */
export interface Kept {
  ticket: string;
  token: string;
}

const MOST_KEPT = 10;

export function emptyDraft(): Draft {
  return { client_id: uuid(), text: "", error_code: "", name: "", phone: "", email: "", photos: [] };
}

/** Storage that a browser may forbid; then nothing is kept and everything else works. */
function stored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function store(key: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export class DraftBook {
  private readonly draftKey: string;
  private readonly sentKey: string;

  constructor(code: string) {
    this.draftKey = `careloop-device-draft:${code}`;
    this.sentKey = `careloop-device-sent:${code}`;
  }

  load(): Draft {
    const found = stored(this.draftKey);
    if (!found || typeof found !== "object") return emptyDraft();
    const draft = { ...emptyDraft(), ...(found as Partial<Draft>) };
    return Array.isArray(draft.photos) ? draft : { ...draft, photos: [] };
  }

  /** False where the browser keeps nothing. */
  save(draft: Draft): boolean {
    return store(this.draftKey, draft);
  }

  clear(): void {
    store(this.draftKey, null);
  }

  sent(): Kept[] {
    const found = stored(this.sentKey);
    return Array.isArray(found) ? (found as Kept[]) : [];
  }

  keep(report: Kept): void {
    const others = this.sent().filter((other) => other.token !== report.token);
    store(this.sentKey, [report, ...others].slice(0, MOST_KEPT));
  }
}
