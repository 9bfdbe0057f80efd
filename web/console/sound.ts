/** A short two-tone sound for a conversation that begins to wait. */

const QUIET_MS = 1_500;

let context: AudioContext | null = null;
let last = 0;

/** Browsers let a page make sound only after a person has touched it: call this on a touch. */
export function allowSound(): void {
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
}

export function beep(now: number): void {
  if (context === null || context.state !== "running" || now - last < QUIET_MS) return;
  last = now;
  tone(context, 660, 0);
  tone(context, 880, 0.14);
}

function tone(audio: AudioContext, frequency: number, delay: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  const start = audio.currentTime + delay;
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.12, start + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.001, start + 0.22);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.24);
}
