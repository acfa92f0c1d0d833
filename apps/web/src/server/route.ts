/** One route: what it is called with, what it answers, who may call it. The router, the policy and OpenAPI are made of these. */
import type { ErrorCode } from "@pm/core";
import type { Request, Response } from "express";
import type * as z from "zod";

/**
 * `anyone`: no login, and the answer tells nothing. `user`: who is logged in, or sits at this machine.
 * Host and Origin are looked at for both.
 */
export type Access = "anyone" | "user";

export interface Principal {
  readonly kind: "local" | "login";
  /** The same for all requests of one login; all who sit at this machine are one. */
  readonly id: string;
}

export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Never null where the route is for a user. */
  readonly principal: Principal | null;
  readonly request: Request;
  readonly response: Response;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, unless `type` says otherwise. */
  readonly body?: unknown;
  readonly type?: string;
}

export interface Answer {
  readonly status: number;
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Default: application/json. */
  readonly type?: string;
}

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  readonly method: "GET" | "POST" | "PATCH";
  /** `/api/tasks/:id` */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Takes an Idempotency-Key header. */
  readonly idempotent?: boolean;
  /** What it answers where all is well. */
  readonly answers: readonly Answer[];
  /** What else it may answer, beside what every route may. */
  readonly errors: readonly ErrorCode[];
  /** @returns null where it has answered itself, as a stream does */
  handle(call: Call<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<Reply | null>;
}

/** A row of the table: keeps the types of its own schemas while it is written. */
export const route = <Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  row: Route<Params, Query, Body>,
): Route => row as Route;
