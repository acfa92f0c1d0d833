/** What DynamoDB takes as one item, names and values together. */
export const MAX_ITEM_BYTES = 409_600;

const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;
const NUMBER_BYTES = 21;

const utf8 = (text: string) => Buffer.byteLength(text, "utf8");

/**
 * Bytes of an item by AWS's rules; numbers, of which only their greatest size is documented exactly, count as that, so
 * the result is never below the true size. Undefined attributes are not sent and count nothing.
 */
export function itemSize(item: Readonly<Record<string, unknown>>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item))
    if (value !== undefined) bytes += utf8(name) + valueSize(value);
  return bytes;
}

function valueSize(value: unknown): number {
  if (typeof value === "string") return utf8(value);
  if (typeof value === "number") return NUMBER_BYTES;
  if (value instanceof Uint8Array) return value.byteLength;
  if (Array.isArray(value))
    return value.reduce((sum: number, each) => sum + valueSize(each) + ELEMENT_BYTES, CONTAINER_BYTES);
  if (typeof value === "object" && value !== null)
    return itemSize({ ...value }) + CONTAINER_BYTES + Object.keys(value).length * ELEMENT_BYTES;
  return 1;
}
