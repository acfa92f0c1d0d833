/**
 * The web server as `pm web` drives it: REST, the event stream, and the pages. It has no logic of its own: it asks the queued
 * engine and the queue, and passes on what they say.
 *
 * Invariants:
 * H1 it listens on 127.0.0.1 only;
 * H2 a request is answered only under a Host that is its own or was allowed by name (E460), and only for pages of its own (E461);
 * H3 without a login it answers only who sits at this machine: loopback peer, loopback Host, no forwarding header, and not
 *    `auth: "always"`; what is for anyone (health, login, the static page) tells nothing;
 * H4 no route sets COMPLETE or any other final status but CANCELLED; a decision is bound to what was seen (E208, E473, E474);
 * H5 every route is a row of the table: one without a policy can't be reached;
 * H6 what is read from a request is parsed first; unknown fields are refused;
 * H7 when `stop` has resolved no connection is open, and what was acknowledged is in the queue.
 */
import type { TaskQueue } from "@pm/core";
import type { QueuedEngine, WorkerEvent } from "@pm/queue";

export type WorkerState = "running" | "off" | "failing";

export interface WebOptions {
  readonly engine: QueuedEngine;
  readonly queue: TaskQueue;
  readonly namespace: string;
  /** Real path of the project that tasks are submitted to. */
  readonly project: string;
  readonly version: string;
  /** 0: any free one. */
  readonly port: number;
  /** `always`: also who sits at this machine logs in. */
  readonly auth: "local" | "always";
  /** `host` or `host:port` of a tunnel, as it stands in the Host header. */
  readonly publicHosts: readonly string[];
  /** Folder of the built pages. */
  readonly assets: string;
  worker(): WorkerState;
  /** What the server's log should have: one line, without secrets. */
  log(line: string): void;
}

export interface LoginLink {
  /** Of the first public host, else of this machine. */
  readonly url: string;
  readonly expiresAt: Date;
}

export interface WebServer {
  readonly port: number;
  /** Of this machine: `http://localhost:5678`. */
  readonly url: string;
  loginLink(): LoginLink;
  /** News of the worker of this process. */
  onWorker(event: WorkerEvent): void;
  /** Takes no more requests, ends event streams, lets running requests finish for `graceMs` (default 5,000). */
  stop(graceMs?: number): Promise<void>;
}
