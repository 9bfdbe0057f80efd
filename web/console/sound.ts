/** Short sounds, one for each thing that an agent is called for. */

import type { AlertKind } from "./state/alerts";

const QUIET_MS = 1_500;

/** Frequency in hertz, and the seconds after which it begins. */
const MELODIES: Readonly<Record<AlertKind, readonly (readonly [number, number])[]>> = {
  waiting: [
    [660, 0],
    [880, 0.14],
  ],
  answers: [[740, 0]],
  given: [
    [880, 0],
    [660, 0.12],
    [880, 0.24],
  ],
};

let context: AudioContext | null = null;
const last = new Map<AlertKind, number>();

/** Browsers let a page make sound only after a person has touched it: call this on a touch. */
export function allowSound(): void {
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
}

export function play(kind: AlertKind, now: number): void {
  if (context === null || context.state !== "running") return;
  if (now - (last.get(kind) ?? -QUIET_MS) < QUIET_MS) return;
  last.set(kind, now);
  for (const [frequency, delay] of MELODIES[kind]) tone(context, frequency, delay);
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
