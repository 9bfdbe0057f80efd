import { useRef, useState } from "preact/hooks";
import type { Chat } from "../chat";
import type { Attachment } from "../protocol";
import { UploadFailed } from "../upload";

/** A file that the customer added to the message being written. */
export interface Pending {
  readonly key: number;
  readonly file: File;
  /** From 0 to 1. */
  readonly progress: number;
  readonly attachment: Attachment | null;
  readonly failure: string | null;
}

export interface Uploads {
  readonly pending: readonly Pending[];
  add(files: Iterable<File>): void;
  retry(key: number): void;
  remove(key: number): void;
  /** The files that are through, to go with the message now sent. */
  take(): readonly Attachment[];
}

const MOST_FILES = 10;

export function useUploads(chat: Chat): Uploads {
  const [pending, setPending] = useState<readonly Pending[]>([]);
  const lastKey = useRef(0);
  const cancels = useRef(new Map<number, () => void>());
  const change = (key: number, changes: Partial<Pending>): void =>
    setPending((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)));
  const send = (key: number, file: File): void => {
    const { done, cancel } = chat.upload(file, (progress) => change(key, { progress }));
    cancels.current.set(key, cancel);
    done.then(
      (attachment) => change(key, { attachment, progress: 1 }),
      (error: unknown) => change(key, { failure: codeOf(error) }),
    );
  };
  return {
    pending,
    add(files) {
      for (const file of [...files].slice(0, MOST_FILES - pending.length)) {
        const key = ++lastKey.current;
        setPending((all) => [...all, { key, file, progress: 0, attachment: null, failure: null }]);
        send(key, file);
      }
    },
    retry(key) {
      const found = pending.find((one) => one.key === key);
      change(key, { failure: null, progress: 0 });
      if (found) send(key, found.file);
    },
    remove(key) {
      cancels.current.get(key)?.();
      setPending((all) => all.filter((one) => one.key !== key));
    },
    take() {
      setPending([]);
      return pending.flatMap((one) => one.attachment ?? []);
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof UploadFailed ? error.code : "unavailable";
}
