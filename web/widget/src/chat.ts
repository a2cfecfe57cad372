/** The conversation as the widget knows it: session, sending, receiving. No DOM. */

import type {
  Attachment,
  ChatConfig,
  ChatState,
  MessagesAnswer,
  ServerFrame,
  SessionAnswer,
} from "./contract";
import { Http, NetworkError, ProblemError } from "./http";
import { LiveLink, type LinkState } from "./live";
import type { Memory, Outgoing } from "./memory";
import { retryDelay } from "./retry";
import { Transcript } from "./transcript";
import { uuid } from "./uuid";

const ATTEMPTS = 3;
const TYPING_SHOWN_MS = 6_000;
const TYPING_SENT_EVERY_MS = 4_000;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export class Chat {
  readonly http: Http;
  readonly transcript = new Transcript();
  config: ChatConfig | null = null;
  configFailed = false;
  state: ChatState | null = null;
  link: LinkState = "idle";
  typing: "bot" | "agent" | null = null;
  /** The bytes of attachments we have, by id: links to them expire. */
  readonly files = new Map<string, Blob>();

  private readonly live: LiveLink;
  private session: Promise<void> | null = null;
  private lane: Promise<void> = Promise.resolve();
  private epoch = 0;
  private typingTimer?: ReturnType<typeof setTimeout>;
  private typingSent = 0;

  constructor(
    base: string,
    private readonly memory: Memory,
    private language: string,
    private readonly changed: () => void,
  ) {
    this.http = new Http(base, () => this.memory.get().token);
    this.live = new LiveLink({
      url: this.http.url("v1/chat/live").replace(/^http/, "ws"),
      hello: () => ({
        type: "hello",
        token: this.memory.get().token ?? "",
        after_seq: this.transcript.cursor,
      }),
      onFrame: (frame) => this.receive(frame),
      onState: (link) => this.linked(link),
      onRejected: () => void this.renew().catch(() => undefined),
      poll: () => this.fetchNew(),
    });
    // What was not confirmed before the reload can be sent again with its id.
    this.transcript.outbox = memory.get().outbox.map((o) => ({ ...o, status: "failed" }));
    window.addEventListener("online", this.sendAgain);
  }

  get closed(): boolean {
    return this.state?.state === "closed";
  }

  get unread(): number {
    return this.transcript.unread(this.memory.get().read);
  }

  markRead(): void {
    if (this.unread > 0) {
      this.memory.set({ read: this.transcript.lastSeq });
      this.changed();
    }
  }

  /** Name, greeting and limits in the present language. */
  async loadConfig(): Promise<void> {
    const language = this.language;
    try {
      const config = await this.http.get<ChatConfig>(
        `v1/chat/config?language=${encodeURIComponent(language)}`,
      );
      if (language === this.language) this.config = config;
      this.configFailed = false;
    } catch {
      this.configFailed = true;
    }
    this.changed();
  }

  /** Takes up a conversation of an earlier page load, if there is one. */
  async resume(): Promise<void> {
    if (!this.memory.get().token) return;
    await this.ensureSession().catch(() => undefined);
  }

  async setLanguage(language: string): Promise<void> {
    this.language = language;
    await this.loadConfig();
    if (this.state) {
      const answer = await this.openSession();
      this.adopt(answer.conversation);
      this.changed();
    }
  }

  /** Sends a message; it shows at once and its state tells how it fares. */
  send(text: string, attachments: Attachment[] = []): void {
    const item: Outgoing = {
      client_msg_id: uuid(),
      text,
      attachments,
      created_at: new Date().toISOString(),
      status: "sending",
      problem: null,
    };
    this.transcript.outbox.push(item);
    this.queue(item);
  }

  /** Sends a failed message again, under the id it had. */
  retry(item: Outgoing): void {
    if (item.status !== "failed" || !this.transcript.outbox.includes(item)) return;
    item.status = "sending";
    item.problem = null;
    this.queue(item);
  }

  discard(item: Outgoing): void {
    this.transcript.outbox = this.transcript.outbox.filter((o) => o !== item);
    this.keepOutbox();
    this.changed();
  }

  /** Asks for a person. Rejects with the problem when that cannot be done. */
  async person(): Promise<void> {
    await this.withSession(async () => {
      this.absorb(await this.http.post<MessagesAnswer>("v1/chat/person", {}), false);
    });
  }

  async upload(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Attachment> {
    return this.withSession(async () => {
      const attachment = await this.http.upload(file, progress, signal);
      this.files.set(attachment.id, file);
      return attachment;
    });
  }

  async bytes(attachment: Attachment): Promise<Blob> {
    const blob = this.files.get(attachment.id) ?? (await this.http.blob(attachment.url));
    this.files.set(attachment.id, blob);
    return blob;
  }

  async rate(score: number, comment: string): Promise<void> {
    await this.http.post("v1/chat/rating", { score, comment });
    if (this.state) this.state = { ...this.state, rating: score };
    this.changed();
  }

  async end(): Promise<void> {
    this.adopt(await this.http.post<ChatState>("v1/chat/close", {}));
    this.changed();
    await this.fetchNew().catch(() => undefined);
  }

  /** Leaves the closed conversation; the next message opens a new one. */
  startNew(): void {
    this.forget(false);
    this.changed();
    void this.loadConfig();
  }

  /** Tells the other side that the customer is typing, at most every few seconds. */
  tellTyping(): void {
    const now = Date.now();
    if (!this.state || this.closed || now - this.typingSent < TYPING_SENT_EVERY_MS) return;
    this.typingSent = now;
    if (!this.live.send({ type: "typing" })) {
      void this.http.post("v1/chat/typing", {}).catch(() => undefined);
    }
  }

  dispose(): void {
    window.removeEventListener("online", this.sendAgain);
    this.live.stop();
    clearTimeout(this.typingTimer);
  }

  private queue(item: Outgoing): void {
    this.keepOutbox();
    this.changed();
    this.lane = this.lane.then(() => this.deliver(item));
  }

  private async deliver(item: Outgoing): Promise<void> {
    const thinking = setTimeout(() => {
      if ((this.state?.owner ?? "bot") === "bot") this.showTyping("bot", 20_000);
    }, 300);
    try {
      await this.attempt(item, 1);
    } finally {
      clearTimeout(thinking);
      if (this.typing === "bot") this.showTyping(null);
      this.keepOutbox();
      this.changed();
    }
  }

  private async attempt(item: Outgoing, attempt: number): Promise<void> {
    if (!this.transcript.outbox.includes(item)) return;
    try {
      await this.withSession(async () => {
        const answer = await this.http.post<MessagesAnswer>("v1/chat/messages", {
          client_msg_id: item.client_msg_id,
          text: item.text,
          attachment_ids: item.attachments.map((a) => a.id),
        });
        this.absorb(answer, false);
        this.transcript.outbox = this.transcript.outbox.filter((o) => o !== item);
      });
    } catch (error) {
      const wait = attempt < ATTEMPTS ? retryDelay(error, attempt) : null;
      if (wait === null) {
        item.status = "failed";
        item.problem = error instanceof ProblemError ? error.message : null;
        return;
      }
      await pause(wait);
      await this.attempt(item, attempt + 1);
    }
  }

  /** Runs `act` in a session; a refused token is renewed once. */
  private async withSession<T>(act: () => Promise<T>): Promise<T> {
    await this.ensureSession();
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error;
      await this.renew();
      return act();
    }
  }

  private ensureSession(): Promise<void> {
    if (this.state && this.memory.get().token) return Promise.resolve();
    this.session ??= this.begin().finally(() => (this.session = null));
    return this.session;
  }

  private async begin(): Promise<void> {
    const answer = await this.openSession();
    if (!answer.resumed) this.memory.set({ read: 0 });
    this.adopt(answer.conversation);
    if (answer.resumed) await this.fetchNew();
    this.live.start();
    this.changed();
  }

  private async openSession(): Promise<SessionAnswer> {
    const answer = await this.http.post<SessionAnswer>("v1/chat/sessions", {
      language: this.language,
      // Without query and fragment: they may carry what is not ours to know.
      page_url: (location.origin + location.pathname).slice(0, 500),
      token: this.memory.get().token ?? "",
    });
    this.memory.set({ token: answer.token });
    return answer;
  }

  private renew(): Promise<void> {
    this.forget(true);
    return this.ensureSession();
  }

  private forget(keepOutbox: boolean): void {
    this.epoch += 1;
    this.live.stop();
    this.transcript.clear(keepOutbox);
    this.files.clear();
    this.state = null;
    this.typing = null;
    this.memory.set({ token: null, read: 0 });
    this.keepOutbox();
  }

  private async fetchNew(): Promise<void> {
    const epoch = this.epoch;
    try {
      const answer = await this.http.get<MessagesAnswer>(
        `v1/chat/messages?after_seq=${this.transcript.cursor}`,
      );
      if (epoch === this.epoch) this.absorb(answer, true);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401 && epoch === this.epoch) {
        await this.renew();
      } else if (error instanceof NetworkError) throw error;
    }
  }

  private receive(frame: ServerFrame): void {
    if (frame.type === "messages") this.absorb(frame, true);
    else if (frame.type === "typing") this.showTyping(frame.who, TYPING_SHOWN_MS);
  }

  private absorb(answer: MessagesAnswer, feed: boolean): void {
    const fresh = this.transcript.merge(answer.messages, feed);
    this.adopt(answer.conversation);
    if (fresh.some((m) => m.author === this.typing)) this.showTyping(null);
    if (fresh.length > 0) this.keepOutbox();
    this.changed();
  }

  /** Takes a state unless it is older than the one we have. */
  private adopt(state: ChatState): void {
    const stale = this.state?.id === state.id && state.last_seq < this.state.last_seq;
    if (!stale) this.state = state;
  }

  private showTyping(who: "bot" | "agent" | null, forMs = 0): void {
    clearTimeout(this.typingTimer);
    this.typing = who;
    if (who) this.typingTimer = setTimeout(() => this.showTyping(null), forMs);
    this.changed();
  }

  private linked(link: LinkState): void {
    const back = link === "live" || link === "polling";
    const was = this.link;
    this.link = link;
    if (back && was !== link) this.sendAgain();
    this.changed();
  }

  /** What failed for want of a connection goes out again by itself. */
  private readonly sendAgain = (): void => {
    for (const item of this.transcript.outbox) if (item.problem === null) this.retry(item);
  };

  private keepOutbox(): void {
    this.memory.set({ outbox: this.transcript.outbox });
  }
}
