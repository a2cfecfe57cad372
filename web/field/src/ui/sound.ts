import { readStored } from "./useStored";

let audio: AudioContext | undefined;
const TONES = { high: 880, low: 330 } as const;

/** A short tone and a tap of the phone, where the person wants them; silent where it may not. */
export function chime(tone: keyof typeof TONES): void {
  if (!readStored("sound", false)) return;
  try {
    navigator.vibrate?.(tone === "low" ? [40, 60, 40] : 30);
    audio ??= new AudioContext();
    const now = audio.currentTime;
    const volume = audio.createGain();
    volume.gain.setValueAtTime(0.15, now);
    volume.gain.exponentialRampToValueAtTime(0.001, now + 0.18);
    const voice = audio.createOscillator();
    voice.frequency.value = TONES[tone];
    voice.connect(volume).connect(audio.destination);
    voice.start(now);
    voice.stop(now + 0.2);
  } catch {
    // No sound device, or not allowed before a first tap.
  }
}
