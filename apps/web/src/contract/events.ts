/**
 * What `GET /api/events` sends. Each message has an id `<epoch>-<n>`: the epoch is one run of the server, n grows by one.
 *
 * Invariants, as a client sees them:
 * S1 who comes back with the id of the last message it got (Last-Event-ID, or `?last_event_id=`) gets all since, in order and once;
 * S2 where that can't be (another run of the server, or too long ago) the first message is `reset`: fetch again what is shown;
 * S3 a `heartbeat` comes at least every 15 s; without one for 35 s the connection is dead;
 * S4 a client that does not read is cut off at 1 MB of unread messages; it comes back and S1 holds.
 */
import * as z from "zod";
import { taskSchema } from "./tasks.ts";

export const HEARTBEAT_MS = 15_000;

export const streamEventSchema = z.discriminatedUnion("type", [
  /** The queue's word on a task: new, or another state. Of every process of the namespace. */
  z.strictObject({ type: z.literal("task"), task: taskSchema }),
  /** A line of the journal of a task's session; `task_id` is the queue's, null for what is the session's own. */
  z.strictObject({
    type: z.literal("journal"),
    session_id: z.string(),
    task_id: z.string().nullable(),
    seq: z.int(),
    at: z.string(),
    /** The event's own type, as `phase.started`, and its phase. */
    event: z.string(),
    phase: z.string().nullable(),
    /** In words, without control characters. */
    line: z.string(),
  }),
  /** What an agent does just now; only of tasks that this server runs. */
  z.strictObject({ type: z.literal("activity"), task_id: z.string(), run_id: z.string(), line: z.string() }),
  z.strictObject({ type: z.literal("reset") }),
  z.strictObject({ type: z.literal("heartbeat"), at: z.string() }),
]);
export type StreamEvent = z.infer<typeof streamEventSchema>;
