import { parse } from "./frames";
import type { Attachment } from "./protocol";

/** The gateway did not take a file; the code says why in the protocol's words. */
export class UploadFailed extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`The file was not taken: ${code}`);
    this.code = code;
  }
}

export interface Upload {
  readonly done: Promise<Attachment>;
  cancel(): void;
}

/** Sends a file, telling how much of it is through: from 0 to 1. */
export function upload(
  base: string,
  token: string,
  file: File,
  progress: (share: number) => void,
): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Attachment>((resolve, reject) => {
    request.upload.onprogress = (event) => progress(event.loaded / Math.max(1, event.total));
    request.onerror = () => reject(new UploadFailed("unavailable"));
    request.onabort = () => reject(new UploadFailed("cancelled"));
    request.onload = () => {
      const attachment = request.status < 300 && parse(request.responseText);
      if (attachment) resolve(attachment as unknown as Attachment);
      else reject(new UploadFailed(codeOf(request.status)));
    };
    request.open("POST", new URL("chat/v1/attachments", base));
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.send(formOf(file));
  });
  return { done, cancel: () => request.abort() };
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append("file", file, file.name);
  return form;
}

function codeOf(status: number): string {
  if (status === 413) return "too_large";
  if (status === 429) return "too_many";
  return status >= 400 && status < 500 ? "bad_attachment" : "unavailable";
}
