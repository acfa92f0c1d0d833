import * as z from "zod";
import {
  logLinesQuerySchema,
  logLinesSchema,
  logSchema,
  logSearchQuerySchema,
  logSearchSchema,
} from "../../contract/evidence.ts";
import { logIdSchema } from "../../contract/ids.ts";
import { taskParams } from "../../contract/tasks.ts";
import { EVIDENCE_ERRORS, type EvidenceReader } from "../evidence/create-evidence-reader.ts";
import { replyWithRange } from "../http/byte-range.ts";
import { etagOf } from "../http/etag.ts";
import { type Route, route } from "../route.ts";

const logParams = taskParams.extend({ log: logIdSchema });
const logsSchema = z.strictObject({ items: z.array(logSchema) });

const LINES = 500;
const HITS = 1000;

/** The logs of a task: as they were captured, and as a page can show them. */
export function logRoutes(evidence: EvidenceReader): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/tasks/:id/logs",
      access: "user",
      summary: "What logs a task has: the journal in words, and what agents and commands said",
      params: taskParams,
      answers: [
        {
          status: 200,
          description: "All of them, in the order in which they came to be",
          schema: logsSchema,
        },
      ],
      errors: EVIDENCE_ERRORS,
      handle: async ({ params }) => ({ body: { items: await evidence.logs(params.id) } }),
    }),
    route({
      method: "GET",
      path: "/api/tasks/:id/logs/:log",
      access: "user",
      summary: "A log as it was captured, control characters and all; a part of it with Range",
      params: logParams,
      answers: [
        { status: 200, description: "All of it", type: "text/plain" },
        { status: 206, description: "The range that was asked for", type: "text/plain" },
      ],
      errors: [...EVIDENCE_ERRORS, "E479"],
      async handle({ params: { id, log }, request }) {
        const { content, digest } = await evidence.rawLog(id, log);
        const headers = {
          ETag: digest === null ? etagOf(content.toString()) : `"${digest}"`,
          // A browser shows no text that it did not ask the page for.
          "Content-Disposition": `attachment; filename="${id}-${log.slice(0, 12)}.log"`,
        };
        const { range, "if-range": ifRange } = request.headers;
        return replyWithRange(
          content,
          { headers, type: "text/plain; charset=utf-8" },
          range,
          ifRange?.toString(),
        );
      },
    }),
    route({
      method: "GET",
      path: "/api/tasks/:id/logs/:log/lines",
      access: "user",
      summary: "Lines of a log, cleaned of all that acts on who shows them, but for colours",
      params: logParams,
      query: logLinesQuerySchema,
      answers: [
        {
          status: 200,
          description: `The lines; ${LINES} unless count says otherwise`,
          schema: logLinesSchema,
        },
      ],
      errors: EVIDENCE_ERRORS,
      async handle({ params: { id, log }, query: { from = 1, count = LINES } }) {
        return { body: (await evidence.logText(id, log)).lines(from, count) };
      },
    }),
    route({
      method: "GET",
      path: "/api/tasks/:id/logs/:log/search",
      access: "user",
      summary: "Which lines of a log hold a text",
      params: logParams,
      query: logSearchQuerySchema,
      answers: [{ status: 200, description: `The first ${HITS}`, schema: logSearchSchema }],
      errors: EVIDENCE_ERRORS,
      async handle({ params: { id, log }, query: { q } }) {
        return { body: (await evidence.logText(id, log)).search(q, HITS) };
      },
    }),
  ];
}
