import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { RunnerError, type TaskPayload, taskPayloadSchema } from "@pm/core";
import * as z from "zod";
import { itemSize, MAX_ITEM_BYTES } from "./item-size.ts";
import { type Key, payloadKey } from "./keys.ts";

/** JSON of the fields in their order, or its Brotli form where that is shorter: capacity is billed by the kilobyte. */
export type PayloadBody = string | Uint8Array<ArrayBuffer>;

/** New ones are added at the end. */
const FIELDS = ["prompt", "kind", "scope", "checks", "provider", "model", "requires", "budget_usd"] as const;

// The best takes 2 ms for a kilobyte and a second for a large text.
const BEST_BELOW_BYTES = 16_384;
const FAST_QUALITY = 5;

/**
 * Packs a payload. What is refused depends on its length alone, not on how well it can be packed, so that nobody is
 * surprised; and since it is never stored longer than plain, whatever gets through fits.
 * @throws RunnerError E414 where its item would be over DynamoDB's 400 KB
 */
export function packPayload(groupId: string, payload: TaskPayload): PayloadBody {
  const json = JSON.stringify(FIELDS.map((field) => payload[field]));
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

/** @throws RunnerError E435 for what is not ours */
export function unpackPayload(body: string | Uint8Array): TaskPayload {
  try {
    const json =
      typeof body === "string"
        ? body
        : brotliDecompressSync(body, { maxOutputLength: MAX_ITEM_BYTES }).toString("utf8");
    const values = z.array(z.unknown()).parse(JSON.parse(json));
    return taskPayloadSchema.parse(Object.fromEntries(FIELDS.map((field, at) => [field, values[at]])));
  } catch (cause) {
    const data = { action: "Reading", table: "the queue's table", reason: "a payload is not one of ours" };
    throw new RunnerError("E435", data, cause);
  }
}
