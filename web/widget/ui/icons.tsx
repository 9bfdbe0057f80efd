import type { VNode } from "preact";

/** An icon drawn in lines; what it means is said by the text or the label beside it. */
function drawn(...paths: string[]): () => VNode {
  return () => (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}

export const CloseIcon = drawn("M6 6l12 12M18 6 6 18");
export const MoreIcon = drawn("M12 5v.01M12 12v.01M12 19v.01");
export const ClipIcon = drawn(
  "m20 11.5-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8",
);
export const SendIcon = drawn("M4.5 12 3.8 4.6a.7.7 0 0 1 1-.7L21 12 4.8 20.1a.7.7 0 0 1-1-.7L4.5 12Zm0 0H11");
export const PersonIcon = drawn(
  "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z",
  "M4.5 20.5c.6-3.7 3.7-5.8 7.5-5.8s6.9 2.1 7.5 5.8",
);
export const BotIcon = drawn(
  "M7.5 8h9A3.5 3.5 0 0 1 20 11.5v4a3.5 3.5 0 0 1-3.5 3.5h-9A3.5 3.5 0 0 1 4 15.5v-4A3.5 3.5 0 0 1 7.5 8Z",
  "M12 8V4.5M9.2 12.5v1.5M14.8 12.5v1.5",
);
export const HourglassIcon = drawn("M12 7v5l3 2", "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z");
export const CheckIcon = drawn("m5 12.5 4.5 4.5L19 7.5");
export const ChecksIcon = drawn("m2 12.5 4.5 4.5L16 7.5M11.5 16.2l.8.8L22 7.5");
export const AlertIcon = drawn("M12 8v5M12 16.5v.01", "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z");
export const FileIcon = drawn("M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5Z", "M14 3v5h5");
export const DownIcon = drawn("M12 5v14M6 13l6 6 6-6");
