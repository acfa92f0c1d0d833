import * as z from "zod";

/** A file under `blobs/sha256/`, named by the digest of its bytes on disk, so that `sha256sum` alone can check it. */
export const blobRefSchema = z.strictObject({
  /** What it is, for people: `plan.json`, `stdout`, `transcript`. */
  name: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Size of the content, not of the file. */
  bytes: z.number().int().nonnegative(),
  encoding: z.enum(["identity", "gzip"]),
});
export type BlobRef = z.infer<typeof blobRefSchema>;
