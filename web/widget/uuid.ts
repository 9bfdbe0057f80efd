/** A random UUID: the browser's own is missing where a page is not served securely, this one never. */
export function uuid(): string {
  const address = URL.createObjectURL(new Blob());
  URL.revokeObjectURL(address);
  return address.slice(-36);
}
