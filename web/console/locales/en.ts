import { desk } from "./en/desk";
import { frame } from "./en/frame";
import { list } from "./en/list";
import { settings } from "./en/settings";

/** The console's texts in English. Their keys type the other languages. */
export const en = { ...frame, ...desk, ...list, ...settings } as const;
