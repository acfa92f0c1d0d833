import { createEvidenceReader } from "../evidence/create-evidence-reader.ts";
import { openApi } from "../openapi.ts";
import { type Route, route } from "../route.ts";
import type { RouteContext } from "./context.ts";
import { decisionRoutes } from "./decision-routes.ts";
import { eventRoutes } from "./event-routes.ts";
import { evidenceRoutes } from "./evidence-routes.ts";
import { healthRoutes } from "./health-routes.ts";
import { logRoutes } from "./log-routes.ts";
import { loginRoutes } from "./login-routes.ts";
import { taskRoutes } from "./task-routes.ts";

/** The table: all that can be reached, beside the built pages. */
export function allRoutes(context: RouteContext): readonly Route[] {
  const evidence = createEvidenceReader(context.options);
  const table: Route[] = [
    ...healthRoutes(context),
    ...loginRoutes(context),
    ...taskRoutes(context),
    ...decisionRoutes(context),
    ...evidenceRoutes(context, evidence),
    ...logRoutes(evidence),
    ...eventRoutes(context),
  ];
  let description: string | undefined;
  const openApiRoute = route({
    method: "GET",
    path: "/api/openapi.json",
    access: "user",
    summary: "This description",
    answers: [{ status: 200, description: "OpenAPI 3.1" }],
    errors: [],
    async handle() {
      description ??= JSON.stringify(openApi(table, context.options.version));
      return { body: description };
    },
  });
  table.push(openApiRoute);
  return table;
}
