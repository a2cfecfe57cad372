let audio: AudioContext | undefined;

/** Two short rising tones; silent where the browser does not allow sound yet. */
export function chime(): void {
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") void audio.resume();
    tone(audio, 660, 0);
    tone(audio, 880, 0.16);
  } catch {
    // No audio device: the title and the notification still tell.
  }
}

function tone(context: AudioContext, hertz: number, after: number): void {
  const start = context.currentTime + after;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = "sine";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0.0001, start);
  gain.gain.exponentialRampToValueAtTime(0.18, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.15);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.16);
}

export const mayNotify = (): boolean =>
  typeof Notification !== "undefined" && Notification.permission === "granted";

/** Whether the person has not yet been asked about notifications. */
export const mayAsk = (): boolean =>
  typeof Notification !== "undefined" && Notification.permission === "default";

/** A notification of the operating system while the desk is not looked at. */
export function notify(title: string, body: string, id: string, onClick: () => void): void {
  if (!mayNotify() || !document.hidden) return;
  const shown = new Notification(title, { body, tag: id });
  shown.onclick = () => {
    window.focus();
    onClick();
    shown.close();
  };
}
