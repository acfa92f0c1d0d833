import { basename } from "node:path";
import { stripToLine } from "@pm/core";
import { healthSchema, infoSchema, readySchema } from "../../contract/access.ts";
import { type Route, route } from "../route.ts";
import type { RouteContext } from "./context.ts";

/** How long the queue may take to say that it works. */
const QUEUE_MS = 2000;

/** How the server is, and what it serves. */
export function healthRoutes({ options, metrics }: RouteContext): readonly Route[] {
  const { queue, namespace, version, project, worker } = options;
  const health = JSON.stringify({ status: "ok", namespace, version });

  async function queueState(): Promise<"ok" | "failing"> {
    const late = new Promise<"failing">((resolve) => setTimeout(resolve, QUEUE_MS, "failing").unref());
    const asked = queue.stats().then(
      () => "ok" as const,
      () => "failing" as const,
    );
    return Promise.race([asked, late]);
  }

  return [
    route({
      method: "GET",
      path: "/api/health",
      access: "anyone",
      summary: "Says that the server is alive",
      answers: [{ status: 200, description: "It is", schema: healthSchema }],
      errors: [],
      handle: async () => ({ body: health }),
    }),
    route({
      method: "GET",
      path: "/api/ready",
      access: "user",
      summary: "Says whether the queue can be used, and whether a worker runs",
      answers: [
        { status: 200, description: "It is ready", schema: readySchema },
        { status: 503, description: "It is not", schema: readySchema },
      ],
      errors: [],
      async handle() {
        const state = await queueState();
        const ready = state === "ok" && worker() !== "failing";
        const body = { status: ready ? "ready" : "not_ready", queue: state, worker: worker() };
        return { status: ready ? 200 : 503, body };
      },
    }),
    route({
      method: "GET",
      path: "/api/info",
      access: "user",
      summary: "What this server serves, and how the queue stands",
      answers: [{ status: 200, description: "What a page needs to know", schema: infoSchema }],
      errors: [],
      async handle({ principal }) {
        const [{ counts }, workers] = await Promise.all([queue.stats(), queue.workers()]);
        return {
          body: {
            ...{
              version,
              namespace,
              project: stripToLine(project),
              project_name: stripToLine(basename(project)),
            },
            queue: { engine: queue.engine, place: stripToLine(queue.place) },
            worker: worker(),
            principal: principal?.kind,
            counts,
            workers: workers.map(({ worker_id, host, seen_at }) => ({
              worker_id,
              host: stripToLine(host),
              seen_at,
            })),
          },
        };
      },
    }),
    route({
      method: "GET",
      path: "/metrics",
      access: "user",
      summary: "Figures for Prometheus",
      answers: [{ status: 200, description: "Its text format", type: "text/plain" }],
      errors: [],
      handle: () => metrics.text(),
    }),
  ];
}
