import type { Route } from "../route.ts";
import type { RouteContext } from "./context.ts";
import { healthRoutes } from "./health-routes.ts";
import { loginRoutes } from "./login-routes.ts";
import { taskRoutes } from "./task-routes.ts";

/** The table: all that can be reached, beside the built pages. */
export function allRoutes(context: RouteContext): readonly Route[] {
  return [...healthRoutes(context), ...loginRoutes(context), ...taskRoutes(context)];
}
