import type { VNode } from "preact";
import { formatSize } from "../../shared/digits";
import { errorText } from "./bubble";
import { useSurroundings } from "./context";
import { AlertIcon, CloseIcon, FileIcon } from "./icons";
import type { Pending, Uploads } from "./uploads";

/** The files that will go with the message, each with how far it is. */
export function Tray({ uploads }: { uploads: Uploads }): VNode | null {
  if (uploads.pending.length === 0) return null;
  return (
    <ul class="tray">
      {uploads.pending.map((pending) => (
        <Item key={pending.key} pending={pending} uploads={uploads} />
      ))}
    </ul>
  );
}

function Item({ pending, uploads }: { pending: Pending; uploads: Uploads }): VNode {
  const { t, locale } = useSurroundings();
  const { key, file, failure, attachment, progress } = pending;
  return (
    <li class={failure ? "failed" : ""}>
      {failure ? <AlertIcon /> : <FileIcon />}
      <span class="names">
        <bdi class="filename">{file.name}</bdi>
        <span class="size" role={failure ? "alert" : undefined}>
          {failure ? errorText(failure, t) : formatSize(file.size, locale)}
        </span>
        {!failure && !attachment && (
          <progress value={progress} aria-label={file.name} />
        )}
      </span>
      {failure === "unavailable" && (
        <button type="button" class="plain" onClick={() => uploads.retry(key)}>
          {t("try_again")}
        </button>
      )}
      <button
        type="button"
        class="round"
        aria-label={t("remove_file", { filename: file.name })}
        onClick={() => uploads.remove(key)}
      >
        <CloseIcon />
      </button>
    </li>
  );
}
