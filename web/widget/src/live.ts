/** The live link: a WebSocket that comes back by itself, and polling while it cannot. */

import type { ServerFrame } from "./contract";

export type LinkState = "idle" | "connecting" | "live" | "polling" | "offline";

export interface LiveOptions {
  /** Address of the socket, ws: or wss:. */
  url: string;
  /** First frame of each connection. */
  hello: () => { type: "hello"; token: string; after_seq: number };
  onFrame: (frame: ServerFrame) => void;
  onState: (state: LinkState) => void;
  /** The token was refused (close code 4401); the link has stopped. */
  onRejected: () => void;
  /** One round of polling; rejects when the server cannot be reached. */
  poll: () => Promise<void>;
}

const POLL_MS = 4_000;
const POLL_HIDDEN_MS = 15_000;
const SILENCE_MS = 50_000; // the server pings every 20 s
const LONGEST_WAIT_MS = 30_000;
const STABLE_MS = 5_000;

/** Wait before the n-th reconnect (from 0): doubling up to 30 s, half of it random. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(attempt, 10));
  return full / 2 + (full / 2) * random();
}

type Timer = ReturnType<typeof setTimeout>;

export class LiveLink {
  private socket: WebSocket | null = null;
  private failures = 0;
  private running = false;
  private refused = false;
  private reconnectTimer?: Timer;
  private pollTimer?: Timer;
  private silenceTimer?: Timer;
  private stableTimer?: Timer;
  private state: LinkState = "idle";

  constructor(private readonly options: LiveOptions) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.failures = 0;
    this.refused = false;
    window.addEventListener("online", this.wake);
    window.addEventListener("offline", this.sleep);
    document.addEventListener("visibilitychange", this.wakeWhenVisible);
    this.report("connecting");
    this.connect();
  }

  stop(): void {
    this.running = false;
    window.removeEventListener("online", this.wake);
    window.removeEventListener("offline", this.sleep);
    document.removeEventListener("visibilitychange", this.wakeWhenVisible);
    this.dropSocket();
    clearTimeout(this.reconnectTimer);
    this.stopPolling();
    this.report("idle");
  }

  /** Sends a frame when the socket is open; false when the caller has to use HTTP. */
  send(frame: { type: string }): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private connect(): void {
    clearTimeout(this.reconnectTimer);
    if (!this.running || this.refused || this.socket) return;
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.options.url);
    } catch {
      this.lost(0);
      return;
    }
    this.socket = socket;
    this.watchSilence();
    socket.onopen = () => {
      socket.send(JSON.stringify(this.options.hello()));
      this.stableTimer = setTimeout(() => (this.failures = 0), STABLE_MS);
    };
    socket.onmessage = (event) => this.receive(socket, event);
    socket.onclose = (event) => {
      if (socket === this.socket) this.lost(event.code);
    };
  }

  private receive(socket: WebSocket, event: MessageEvent): void {
    if (socket !== this.socket) return;
    let frame: ServerFrame;
    try {
      frame = JSON.parse(String(event.data)) as ServerFrame;
    } catch {
      return;
    }
    this.watchSilence();
    if (frame.type === "error") return; // the close code that follows says what to do
    this.failures = 0;
    this.stopPolling();
    this.report("live");
    if (frame.type === "ping") this.send({ type: "pong" });
    else this.options.onFrame(frame);
  }

  private lost(code: number): void {
    this.dropSocket();
    if (!this.running) return;
    if (code === 4401) {
      this.stop();
      this.options.onRejected();
      return;
    }
    if (code === 4403) this.refused = true;
    this.failures += 1;
    if (!this.refused) {
      this.reconnectTimer = setTimeout(() => this.connect(), backoff(this.failures - 1));
    }
    if (navigator.onLine === false) this.report("offline");
    else if (this.state !== "offline" && this.state !== "polling") this.report("connecting");
    if (this.failures >= 2 || this.refused) this.startPolling();
  }

  private startPolling(): void {
    if (this.pollTimer === undefined) this.pollTimer = setTimeout(this.pollOnce, 0);
  }

  private readonly pollOnce = async (): Promise<void> => {
    let reached = true;
    try {
      await this.options.poll();
    } catch {
      reached = false;
    }
    if (this.pollTimer === undefined || !this.running) return;
    this.report(reached ? "polling" : "offline");
    this.pollTimer = setTimeout(this.pollOnce, document.hidden ? POLL_HIDDEN_MS : POLL_MS);
  };

  private stopPolling(): void {
    clearTimeout(this.pollTimer);
    this.pollTimer = undefined;
  }

  private watchSilence(): void {
    clearTimeout(this.silenceTimer);
    this.silenceTimer = setTimeout(() => this.lost(0), SILENCE_MS);
  }

  private dropSocket(): void {
    clearTimeout(this.silenceTimer);
    clearTimeout(this.stableTimer);
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  private readonly wake = (): void => {
    if (this.state !== "live") {
      this.report("connecting");
      this.connect();
    }
  };

  private readonly wakeWhenVisible = (): void => {
    if (!document.hidden && this.state !== "live") this.connect();
  };

  private readonly sleep = (): void => {
    this.dropSocket();
    this.failures += 1;
    this.report("offline");
    this.reconnectTimer = setTimeout(() => this.connect(), backoff(this.failures));
  };

  private report(state: LinkState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.onState(state);
  }
}
