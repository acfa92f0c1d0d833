/** Who may do what, and what a page needs to know of the server it came from. */
import * as z from "zod";

/** `local`: a program or page on this machine, where no login is asked; `login`: somebody with a session cookie. */
export const principalSchema = z.enum(["local", "login"]);

export const loginSchema = z.strictObject({ token: z.string().min(1).max(200) });

/** A one-time link for another device: its token stands behind `#login=` and is never sent by a browser by itself. */
export const loginLinkSchema = z.strictObject({
  url: z.string(),
  expires_at: z.string(),
  /** The same as a picture. */
  qr_svg: z.string(),
});

/** Says that it is alive, and nothing else: it is for everybody. */
export const healthSchema = z.strictObject({
  status: z.literal("ok"),
  namespace: z.string(),
  version: z.string(),
});

export const readySchema = z.strictObject({
  status: z.enum(["ready", "not_ready"]),
  queue: z.enum(["ok", "failing"]),
  worker: z.enum(["running", "off", "failing"]),
});

export const infoSchema = z.strictObject({
  version: z.string(),
  namespace: z.string(),
  /** Folder of the project that tasks are submitted to. */
  project: z.string(),
  project_name: z.string(),
  queue: z.strictObject({ engine: z.enum(["sqlite", "dynamodb"]), place: z.string() }),
  worker: z.enum(["running", "off", "failing"]),
  principal: principalSchema,
  /** Tasks by state. */
  counts: z.record(z.string(), z.int()),
  workers: z.array(z.strictObject({ worker_id: z.string(), host: z.string(), seen_at: z.string() })),
});
export type Info = z.infer<typeof infoSchema>;
