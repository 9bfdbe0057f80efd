import type { Catalogue } from "../../shared/catalogue";
import { desk } from "./ar/desk";
import { frame } from "./ar/frame";
import { list } from "./ar/list";
import { settings } from "./ar/settings";
import type { Key } from "./words";

/** The console's texts in Arabic. */
export const ar: Catalogue<Key> = { ...frame, ...desk, ...list, ...settings };
