import { desk } from "./en/desk";
import { frame } from "./en/frame";
import { inbox } from "./en/inbox";
import { list } from "./en/list";
import { own } from "./en/own";
import { settings } from "./en/settings";
import { writing } from "./en/writing";
import { why } from "./en/why";

/** The console's texts in English. Their keys type the other languages. */
export const en = { ...frame, ...desk, ...inbox, ...list, ...own, ...settings, ...writing, ...why } as const;
