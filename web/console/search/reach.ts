/** From a line of the result to the very message, once its conversation stands open. */

import { jumpTo, messageId } from "../desk/quote";

const LOOK_MS = 100;
const PATIENCE = 40;
/** The transcript goes to its end first; the message is shown after that. */
const SETTLED_MS = 250;

export function reach(message: string): void {
  let looks = 0;
  const timer = setInterval(() => {
    const isThere = document.getElementById(messageId(message)) !== null;
    if (isThere) setTimeout(() => jumpTo(message), SETTLED_MS);
    if (isThere || ++looks === PATIENCE) clearInterval(timer);
  }, LOOK_MS);
}
