import * as z from "zod";
import type { JournalHead } from "./read-journal.ts";

const namingSchema = z.object({
  journal: z.strictObject({ seq: z.number().int().nonnegative(), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
});

/** @returns the journal head that a projection (`session.json`, `evidence_index.json`) names, or null for none. */
export function namedHead(projection: Uint8Array): JournalHead | null {
  try {
    const parsed = namingSchema.safeParse(JSON.parse(Buffer.from(projection).toString("utf8")));
    return parsed.success ? parsed.data.journal : null;
  } catch {
    return null;
  }
}
