/** The times a conversation is usually put off to. */

export interface Preset {
  readonly name: "hour" | "afternoon" | "tomorrow" | "week";
  readonly at: Date;
}

const MORNING = 9;
const AFTERNOON = 15;

export function presetsFrom(now: Date): Preset[] {
  const presets: Preset[] = [{ name: "hour", at: inOneHour(now) }];
  if (now.getHours() < AFTERNOON - 1) presets.push({ name: "afternoon", at: onDay(now, 0, AFTERNOON) });
  presets.push({ name: "tomorrow", at: onDay(now, 1, MORNING) });
  presets.push({ name: "week", at: onDay(now, 7, MORNING) });
  return presets;
}

/** As `<input type="datetime-local">` writes a time: local, to the minute. */
export function asLocalInput(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function inOneHour(now: Date): Date {
  const at = new Date(now.getTime() + 3_600_000);
  at.setSeconds(0, 0);
  return at;
}

function onDay(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
