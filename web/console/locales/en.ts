import { desk } from "./en/desk";
import { frame } from "./en/frame";
import { settings } from "./en/settings";

/** The console's texts in English. Their keys type the other languages. */
export const en = { ...frame, ...desk, ...settings } as const;
