import type { Catalogue } from "../../shared/catalogue";
import { desk } from "./fa/desk";
import { frame } from "./fa/frame";
import { inbox } from "./fa/inbox";
import { list } from "./fa/list";
import { own } from "./fa/own";
import { settings } from "./fa/settings";
import { writing } from "./fa/writing";
import { why } from "./fa/why";
import type { Key } from "./words";

/** The console's texts in Persian. */
export const fa: Catalogue<Key> = { ...frame, ...desk, ...inbox, ...list, ...own, ...settings, ...writing, ...why };
