/** Draws an element of a console into a page, as the browser would. */

import { render, type ComponentChildren } from "preact";
import { AppContext } from "../elements/use";
import type { Console } from "./console";

export function draw(console: Console, element: ComponentChildren): HTMLElement {
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  render(<AppContext.Provider value={console.app}>{element}</AppContext.Provider>, place);
  return place;
}
