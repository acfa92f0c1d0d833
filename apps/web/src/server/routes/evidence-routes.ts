import { taskViewSchema } from "@pm/core";
import { approvalSchema, diffQuerySchema } from "../../contract/evidence.ts";
import { taskParams } from "../../contract/tasks.ts";
import { EVIDENCE_ERRORS, type EvidenceReader } from "../evidence/create-evidence-reader.ts";
import { stripDeep } from "../evidence/strip-deep.ts";
import { type Route, route } from "../route.ts";
import { pendingApproval } from "../tasks/pending-approval.ts";
import type { RouteContext } from "./context.ts";

/** What is known of a task from its evidence, and what of it is to be approved. */
export function evidenceRoutes({ options }: RouteContext, evidence: EvidenceReader): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/tasks/:id/approval",
      access: "user",
      summary: "What holds up a task, exactly as it would be approved; the ETag is its digest",
      params: taskParams,
      answers: [{ status: 200, description: "It waits for this", schema: approvalSchema }],
      errors: EVIDENCE_ERRORS,
      async handle({ params: { id } }) {
        const approval = await pendingApproval(options, await options.queue.get(id));
        const { sessionId, taskId, digest, effect, violations, files } = approval;
        const body = stripDeep({
          session_id: sessionId,
          session_task_id: taskId,
          digest,
          effect,
          violations,
          files,
        });
        return { body, headers: { ETag: `"${digest}"` } };
      },
    }),
    route({
      method: "GET",
      path: "/api/tasks/:id/evidence",
      access: "user",
      summary: "All that is known of a task: phases, agents, commands, requirements and what proves them",
      params: taskParams,
      answers: [{ status: 200, description: "As far as it is known", schema: taskViewSchema }],
      errors: EVIDENCE_ERRORS,
      handle: async ({ params }) => ({ body: stripDeep(await evidence.view(params.id)) }),
    }),
    route({
      method: "GET",
      path: "/api/tasks/:id/diff",
      access: "user",
      summary: "The change of a task as a patch, or the part of one file; text of the repository as it is",
      params: taskParams,
      query: diffQuerySchema,
      answers: [{ status: 200, description: "For git apply", type: "text/x-diff" }],
      errors: EVIDENCE_ERRORS,
      async handle({ params, query: { path } }) {
        const type = "text/x-diff; charset=utf-8";
        if (path === undefined) {
          const { content, digest } = await evidence.patch(params.id);
          return { body: content, type, headers: { ETag: `"${digest}"` } };
        }
        const { text, digest } = await evidence.patchPart(params.id, path);
        return { body: text, type, headers: { ETag: `"${digest}"` } };
      },
    }),
    route({
      method: "GET",
      path: "/api/tasks/:id/report",
      access: "user",
      summary: "The report of a task",
      params: taskParams,
      answers: [{ status: 200, description: "As Markdown", type: "text/markdown" }],
      errors: EVIDENCE_ERRORS,
      async handle({ params }) {
        return { body: await evidence.report(params.id), type: "text/markdown; charset=utf-8" };
      },
    }),
  ];
}
