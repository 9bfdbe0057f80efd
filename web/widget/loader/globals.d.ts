/** The name of the panel's file, put in by the build. */
declare const __PANEL__: string;

interface Window {
  /** What the page may do with the chat; an array before the script has run. */
  Peyk?: import("../api").PeykApi | ((chat: import("../api").PeykApi) => void)[];
}
