import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { RunnerError, type TaskPayload, taskPayloadSchema } from "@pm/core";
import { itemSize, MAX_ITEM_BYTES } from "./item-size.ts";
import { type Key, payloadKey } from "./keys.ts";

/** JSON, or its Brotli form where that is shorter: capacity is billed by the kilobyte. */
export type PayloadBody = string | Uint8Array<ArrayBuffer>;

// The best takes 2 ms for a kilobyte and a second for a large text.
const BEST_BELOW_BYTES = 16_384;
const FAST_QUALITY = 5;

/**
 * Packs a payload. What is refused depends on its length alone, not on how well it can be packed, so that nobody is
 * surprised; and since it is never stored longer than plain, whatever gets through fits.
 * @throws RunnerError E414 where its item would be over DynamoDB's 400 KB
 */
export function packPayload(groupId: string, payload: TaskPayload): PayloadBody {
  const json = JSON.stringify(payload);
  // Numbers are padded, so any stands for all.
  const key: Key = payloadKey({ groupId, number: 1 });
  const bytes = itemSize({ ...key, body: json, ttl: 0 });
  if (bytes > MAX_ITEM_BYTES)
    throw new RunnerError("E414", {
      what: "The task",
      bytes,
      engine: "DynamoDB",
      limit: MAX_ITEM_BYTES,
    });
  const plain = Buffer.from(json);
  const packed = brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      [constants.BROTLI_PARAM_QUALITY]:
        plain.length < BEST_BELOW_BYTES ? constants.BROTLI_MAX_QUALITY : FAST_QUALITY,
    },
  });
  return packed.length < plain.length ? packed : json;
}

/** @throws ZodError or a zlib error on what is not ours */
export function unpackPayload(body: PayloadBody): TaskPayload {
  const json =
    typeof body === "string"
      ? body
      : brotliDecompressSync(body, { maxOutputLength: MAX_ITEM_BYTES }).toString("utf8");
  return taskPayloadSchema.parse(JSON.parse(json));
}
