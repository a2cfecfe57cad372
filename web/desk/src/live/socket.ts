export type LiveFrame =
  | { type: "conversation"; id: string }
  | { type: "waiting"; id: string; reason: string }
  | { type: "typing"; id: string; who: string }
  | { type: "presence" }
  | { type: "ping" };

export interface LiveSocketOptions {
  url: string;
  onFrame: (frame: LiveFrame) => void;
  onState: (connected: boolean) => void;
  /** The login has ended; the socket is not opened again. */
  onDenied?: () => void;
  /** Makes a socket; replaced in tests. */
  open?: (url: string) => WebSocket;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
const UNAUTHENTICATED = 4401;
/** The backend pings every 20 s; a line silent for longer is dead. */
const SILENCE_MS = 50_000;

/** Keep a socket open until the returned function is called; reconnects with growing delays. */
export function keepLive(options: LiveSocketOptions): () => void {
  const { url, onFrame, onState, onDenied, open = (u: string) => new WebSocket(u) } = options;
  let socket: WebSocket | undefined;
  let delay = FIRST_DELAY_MS;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => socket?.close(), SILENCE_MS);
  };
  const connect = () => {
    socket = open(url);
    socket.onopen = () => {
      delay = FIRST_DELAY_MS;
      heard();
      onState(true);
    };
    socket.onmessage = (event: MessageEvent<string>) => {
      heard();
      const frame = parse(event.data);
      if (frame?.type === "ping") socket?.send('{"type":"pong"}');
      else if (frame) onFrame(frame);
    };
    socket.onclose = (event) => {
      clearTimeout(silence);
      if (stopped) return;
      onState(false);
      if (event.code === UNAUTHENTICATED) {
        onDenied?.();
        return;
      }
      retry = setTimeout(connect, delay * (0.75 + Math.random() / 2));
      delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    };
  };
  connect();
  return () => {
    stopped = true;
    clearTimeout(retry);
    clearTimeout(silence);
    socket?.close();
  };
}

function parse(data: string): LiveFrame | null {
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "type" in frame
      ? (frame as LiveFrame)
      : null;
  } catch {
    return null;
  }
}

export const liveUrl = (at: Location = location): string =>
  `${at.protocol === "https:" ? "wss" : "ws"}://${at.host}/v1/live`;
