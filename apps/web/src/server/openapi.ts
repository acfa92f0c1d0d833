import { ERROR_CODES, type ErrorCode } from "@pm/core";
import * as z from "zod";
import { problemSchema } from "../contract/problem.ts";
import type { Answer, Route } from "./route.ts";

type Json = Readonly<Record<string, unknown>>;

/** What any route may answer. */
const ANY: readonly ErrorCode[] = ["E460", "E461", "E471", "E487", "E488"];
const OF_USERS: readonly ErrorCode[] = ["E462"];
const OF_WRITES: readonly ErrorCode[] = ["E468", "E469", "E470"];
const OF_PARAMS: readonly ErrorCode[] = ["E413"];

/** The table as OpenAPI 3.1. */
export function openApi(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const row of routes) {
    const path = row.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: operation(row) };
  }
  return {
    openapi: "3.1.0",
    info: {
      ...{ title: "pm", version },
      description:
        "Tasks for coding agents, and the evidence of what became of them. Errors are RFC 9457 problems.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: { Problem: toSchema(problemSchema, "output") },
      securitySchemes: {
        session: {
          ...{ type: "apiKey", in: "cookie", name: "pm-<port>" },
          description: "Of POST /api/login; not needed by programs on the server's own machine",
        },
      },
    },
  };
}

function operation(row: Route): Json {
  return {
    operationId: operationId(row),
    summary: row.summary,
    security: row.access === "anyone" ? [] : [{ session: [] }],
    parameters: [
      ...fields(row.params, "path"),
      ...fields(row.query, "query"),
      ...(row.idempotent
        ? [header("Idempotency-Key", "The same key and the same task: the same answer")]
        : []),
    ],
    ...(row.body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: toSchema(row.body, "input") } },
      },
    }),
    responses: { ...answers(row.answers), ...problems(row) },
  };
}

/** `getTasksByIdLogs` */
function operationId({ method, path }: Route): string {
  const words = path
    .replace(/^\/api/, "")
    .split(/[/-]/)
    .filter((part) => part !== "");
  const named = words.map((word) => (word.startsWith(":") ? `By${capital(word.slice(1))}` : capital(word)));
  return method.toLowerCase() + named.join("").replace(/\W/g, "");
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const header = (name: string, description: string): Json => ({
  ...{ name, description, in: "header", required: false },
  schema: { type: "string", maxLength: 200 },
});

function fields(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toSchema(schema, "output") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, of]) => ({
    ...{ name, in: place, required: place === "path" || required.includes(name) },
    schema: of,
  }));
}

function answers(given: readonly Answer[]): Record<string, Json> {
  const byStatus: Record<string, Json> = {};
  for (const { status, description, schema, type = "application/json" } of given) {
    const of = schema === undefined ? { type: "string" } : toSchema(schema, "output");
    const known = byStatus[status]?.description;
    byStatus[status] = {
      description: known === undefined ? description : `${String(known)}; ${description}`,
      ...((status !== 204 || schema) && { content: { [type]: { schema: of } } }),
    };
  }
  return byStatus;
}

function problems({ access, method, params, errors }: Route): Record<string, Json> {
  const codes = new Set<ErrorCode>([
    ...ANY,
    ...(access === "user" ? OF_USERS : []),
    ...(method === "GET" ? [] : OF_WRITES),
    ...(params ? OF_PARAMS : []),
    ...errors,
  ]);
  const byStatus: Record<string, string[]> = {};
  for (const code of codes) {
    const { http, title } = ERROR_CODES[code];
    byStatus[http] = [...(byStatus[http] ?? []), `${code} ${title}`];
  }
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, titles]) => [status, { description: titles.join("; "), content }]),
  );
}

function toSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
