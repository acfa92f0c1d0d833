/** Every error of REST: RFC 9457, as application/problem+json, with the code of `pm` and what to do about it. */
import * as z from "zod";

export const problemSchema = z.strictObject({
  /** `urn:pm:error:E410` */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** What happened. */
  detail: z.string(),
  /** The request's id, which the server's log has too. */
  instance: z.string(),
  code: z.string(),
  /** What to do. */
  hint: z.string(),
  /** What is wrong with which field of the body or query. */
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
