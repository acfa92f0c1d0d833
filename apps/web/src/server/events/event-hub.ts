/**
 * What happens in the namespace, as one stream with resumable ids: the invariants S1–S4 of `contract/events.ts`.
 *
 * Invariants:
 * B1 memory is bounded: the last 20,000 messages or 16 MB are kept, whichever is less, and 1 MB a client;
 * B2 a message is made to text once, however many clients there are;
 * B3 what other processes do is seen within a second: tasks by the queue's watch, journals of running tasks by looking at them;
 * B4 no client can hold up another one or the server.
 */
import type { WorkerEvent } from "@pm/queue";
import type { Request, Response } from "express";
import type { StreamEvent } from "../../contract/events.ts";

export interface EventHub {
  publish(event: StreamEvent): void;
  onWorker(event: WorkerEvent): void;
  /** Answers with the stream, from the id on that the client names. @throws E465 where `user` has too many */
  connect(request: Request, response: Response, user: string): void;
  /** For /metrics. */
  stats(): { readonly clients: number; readonly published: number; readonly cutOff: number };
  close(): void;
}
