import { ApiProblem, Unreachable } from "../api/problem";

/** A file that goes along, already made small. */
export interface CommandFile {
  field: string;
  name: string;
  blob: Blob;
}

/** What an act says; the outbox adds its id, its time and its state. */
export interface Act {
  /** What kind of act it is, as the catalogues name it. */
  kind: string;
  /** What it is about, in words of the engineer, e.g. a part number. */
  summary?: string;
  /** Acts on one subject, such as a visit, go one after the other. */
  subject: string;
  method?: "POST" | "PUT" | "PATCH";
  path: string;
  body: Record<string, unknown>;
  file?: CommandFile;
  /** Leave `command_id` and `happened_at` out, where the door does not know them. */
  bare?: boolean;
}

export type CommandState = "sending" | "waiting" | "refused";

/** An act that the server has not acknowledged yet. Its body never changes, so it acts once. */
export interface Command extends Act {
  /** The `command_id` and the `Idempotency-Key`, the same for every attempt. */
  id: string;
  user: string;
  method: "POST" | "PUT" | "PATCH";
  /** The device's time of the act, ISO UTC. */
  made_at: string;
  attempts: number;
  state: CommandState;
  failure?: { status: number; code: string; detail: string; errors: Record<string, unknown> };
}

export type Outcome<T = unknown> =
  | { state: "done"; answer: T }
  | { state: "waiting" }
  | { state: "refused"; problem: ApiProblem };

/** Where commands outlive the page. */
export interface CommandStore {
  all: () => Promise<Command[]>;
  put: (command: Command) => Promise<void>;
  drop: (id: string) => Promise<void>;
}

export interface OutboxParts {
  store: CommandStore;
  send: (command: Command) => Promise<unknown>;
  now?: () => Date;
  newId?: () => string;
  pause?: (milliseconds: number) => Promise<void>;
}

/** Waits between the attempts of one burst, milliseconds; then it waits for a tap or a network. */
export const PAUSES = [600, 2_000, 5_000];

/** Whether the same command may be sent again: nobody knows whether it acted, or it did not. */
export function mayRepeat(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  if (!(error instanceof ApiProblem)) return false;
  const { status, code } = error;
  return (
    status >= 500 || status === 401 || status === 408 || status === 429 ||
    code === "idempotency_key_in_progress"
  );
}

type Listener = () => void;
type Settled = (outcome: Outcome) => void;

/**
 * Every write of the app. A command is stored before it is sent, and forgotten only when the
 * server has said that it is done, so a lost answer, a dead battery or a closed tab lose nothing
 * and double nothing: the same id with the same body acts once.
 */
export class Outbox {
  private commands: Command[] = [];
  private shown: readonly Command[] = [];
  private readonly listeners = new Set<Listener>();
  private readonly waiters = new Map<string, Settled>();
  private readonly working = new Set<string>();
  private readonly acknowledged = new Set<(command: Command) => void>();
  private user = "";

  constructor(private readonly parts: OutboxParts) {}

  /** Take up what this person left unsent; what others left on this device stays untouched. */
  async open(user: string): Promise<void> {
    this.user = user;
    const kept = (await this.parts.store.all()).filter((one) => one.user === user);
    const known = new Set(this.commands.map((one) => one.id));
    this.commands = [
      ...kept.filter((one) => !known.has(one.id)),
      ...this.commands.filter((one) => one.user === user),
    ].sort((a, b) => a.made_at.localeCompare(b.made_at));
    for (const one of this.commands) if (one.state === "sending") one.state = "waiting";
    this.tell();
    this.resume();
  }

  /** Nobody is logged in any more: what is unsent waits for its owner. */
  close(): void {
    this.user = "";
  }

  /** Store an act and send it; resolves after the first burst of attempts. */
  async add<T>(act: Act): Promise<Outcome<T>> {
    const id = (this.parts.newId ?? freshId)();
    const made_at = (this.parts.now ?? (() => new Date()))().toISOString();
    const stamp = act.bare ? {} : { command_id: id, happened_at: made_at };
    const command: Command = {
      ...act, id, made_at, user: this.user, method: act.method ?? "POST",
      body: { ...act.body, ...stamp }, attempts: 0, state: "sending",
    };
    this.commands.push(command);
    this.tell();
    await this.parts.store.put(command);
    return new Promise((settle) => {
      this.waiters.set(id, settle as Settled);
      void this.work(act.subject);
    });
  }

  /** Send one that waits again, and those that wait behind it. */
  retry(id: string): void {
    const command = this.commands.find((one) => one.id === id);
    if (!command) return;
    command.state = "sending";
    this.tell();
    void this.work(command.subject);
  }

  /** Send everything that waits, as when the network is back. */
  resume(): void {
    for (const one of this.commands) if (one.state === "waiting") one.state = "sending";
    this.tell();
    for (const subject of new Set(this.commands.map((one) => one.subject))) void this.work(subject);
  }

  /** Give a refused act up. */
  async drop(id: string): Promise<void> {
    this.commands = this.commands.filter((one) => one.id !== id);
    this.tell();
    await this.parts.store.drop(id);
  }

  snapshot = (): readonly Command[] => this.shown;

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Told of every command that the server has done. */
  onDone(listener: (command: Command) => void): () => void {
    this.acknowledged.add(listener);
    return () => this.acknowledged.delete(listener);
  }

  private async work(subject: string): Promise<void> {
    if (this.working.has(subject)) return;
    this.working.add(subject);
    try {
      for (let next = this.next(subject); next; next = this.next(subject)) {
        if (!(await this.burst(next))) break;
      }
    } finally {
      this.working.delete(subject);
    }
  }

  /** The oldest that may go; one that waits holds those behind it, a refused one does not. */
  private next(subject: string): Command | undefined {
    const first = this.commands.find((one) => one.subject === subject && one.state !== "refused");
    return first?.state === "sending" ? first : undefined;
  }

  /** Attempt one command a few times; whether those behind it may go on. */
  private async burst(command: Command): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      // Somebody else logged in meanwhile: an act is sent by its owner alone.
      if (command.user !== this.user) {
        command.state = "waiting";
        this.settle(command.id, { state: "waiting" });
        return false;
      }
      try {
        command.attempts += 1;
        const answer = await this.parts.send(command);
        await this.finish(command, answer);
        return true;
      } catch (error) {
        const problem = asProblem(error);
        if (!mayRepeat(error)) {
          await this.refuse(command, problem);
          return true;
        }
        const pause = PAUSES[attempt];
        if (pause === undefined || problem.status === 401) {
          this.wait(command, problem);
          return false;
        }
        await (this.parts.pause ?? sleep)(pause);
      }
    }
  }

  private async finish(command: Command, answer: unknown): Promise<void> {
    this.commands = this.commands.filter((one) => one.id !== command.id);
    await this.parts.store.drop(command.id);
    for (const listener of this.acknowledged) listener(command);
    this.tell();
    this.settle(command.id, { state: "done", answer });
  }

  private async refuse(command: Command, problem: ApiProblem): Promise<void> {
    // Whoever waits for the outcome sees the reason on the form and corrects it there.
    if (this.waiters.has(command.id)) {
      await this.drop(command.id);
      this.settle(command.id, { state: "refused", problem });
      return;
    }
    command.state = "refused";
    command.failure = shownFailure(problem);
    this.tell();
    await this.parts.store.put(command);
  }

  private wait(command: Command, problem: ApiProblem): void {
    for (const one of this.commands) {
      if (one.subject !== command.subject || one.state !== "sending") continue;
      one.state = "waiting";
      one.failure = shownFailure(problem);
      this.settle(one.id, { state: "waiting" });
    }
    this.tell();
    void this.parts.store.put(command);
  }

  private settle(id: string, outcome: Outcome): void {
    this.waiters.get(id)?.(outcome);
    this.waiters.delete(id);
  }

  private tell(): void {
    this.shown = this.commands.map((one) => ({ ...one }));
    for (const listener of this.listeners) listener();
  }
}

/** An id that nobody else has; `randomUUID` itself is missing on pages without TLS. */
function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

/** Status 0: there was no answer. */
function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof Unreachable) return new ApiProblem(0, "unreachable", "");
  return new ApiProblem(-1, "broken", error instanceof Error ? error.message : String(error));
}

const shownFailure = ({ status, code, detail, errors }: ApiProblem): Command["failure"] => ({
  status, code, detail, errors,
});
