import { RunnerError } from "@pm/core";
import type * as z from "zod";

/** A position in a list as an opaque word that is safe in a URL. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** @throws RunnerError E416 */
export function decodeCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new RunnerError("E416", { value: cursor.slice(0, 100) }, cause);
  }
}
