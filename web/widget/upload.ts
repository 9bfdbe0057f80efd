import { optional, parse, readAttachment } from "./frames";
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
      const attachment = taken(request, file);
      if (attachment) resolve(attachment);
      else reject(new UploadFailed(CODES[request.status] ?? "unavailable"));
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

function taken(request: XMLHttpRequest, file: File): Attachment | null {
  const fields = parse(request.responseText);
  if (request.status >= 300 || !fields || !optional(fields["id"])) return null;
  const told = readAttachment(fields);
  return {
    ...told,
    filename: told.filename || file.name,
    contentType: told.contentType || file.type,
    size: told.size || file.size,
  };
}

const CODES: Readonly<Record<number, string>> = {
  400: "bad_attachment",
  413: "too_large",
  415: "bad_attachment",
  422: "bad_attachment",
  429: "too_many",
};
