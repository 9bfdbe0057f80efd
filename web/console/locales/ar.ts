import type { Catalogue } from "../../shared/catalogue";
import { desk } from "./ar/desk";
import { frame } from "./ar/frame";
import { inbox } from "./ar/inbox";
import { list } from "./ar/list";
import { own } from "./ar/own";
import { settings } from "./ar/settings";
import { writing } from "./ar/writing";
import { why } from "./ar/why";
import type { Key } from "./words";

/** The console's texts in Arabic. */
export const ar: Catalogue<Key> = { ...frame, ...desk, ...inbox, ...list, ...own, ...settings, ...writing, ...why };
