/** The name of the panel's file, put in by the build. */
declare const __PANEL__: string;

interface Window {
  /** What the page itself may do with the chat. */
  Peyk?: {
    open(): void;
    close(): void;
  };
}
