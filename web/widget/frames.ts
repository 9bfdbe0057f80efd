import type { ServerFrame } from "./protocol";

/** An answer of the gateway that this script came from: its shape is known, only its names are not ours. */
export type Fields = Readonly<Record<string, unknown>>;

/** Reads a frame of the gateway; null when it is none. */
export function readFrame(data: unknown): ServerFrame | null {
  const fields = parse(data);
  return (fields?.["type"] === "message" ? { type: "message", message: fields } : fields) as
    | ServerFrame
    | null;
}

/** The object that a text holds, `message_id` becoming `messageId`; null when it is none. */
export function parse(text: unknown): Fields | null {
  try {
    const value: unknown = JSON.parse(text as string, (_, one: unknown) =>
      isObject(one) && !Array.isArray(one) ? renamed(one) : one,
    );
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function renamed(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/_(\w)/g, (_, first: string) => first.toUpperCase()),
      value,
    ]),
  );
}
