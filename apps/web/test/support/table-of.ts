import { createAccess } from "../../src/server/access/create-access.ts";
import { createEventHub } from "../../src/server/events/create-event-hub.ts";
import { makeApp } from "../../src/server/make-app.ts";
import { createMetrics } from "../../src/server/metrics.ts";
import type { Route } from "../../src/server/route.ts";
import { allRoutes } from "../../src/server/routes/routes.ts";
import type { StartedWeb } from "./start-web.ts";

/** The table of a server like the one that was started, and the application that is made of it. */
export function tableOf({ engine, queue, project, web }: StartedWeb) {
  const options = {
    ...{ engine, queue, project, namespace: "default", version: "0.0.0", port: 0, auth: "local" as const },
    ...{ publicHosts: [], assets: project, worker: () => "off" as const, log: () => {} },
  };
  const access = createAccess(web.port, options);
  const hub = createEventHub(options);
  const metrics = createMetrics(queue, hub);
  const routes: readonly Route[] = allRoutes({ options, access, hub, metrics, loginLink: web.loginLink });
  const app = makeApp(routes, { access, metrics, log: options.log, assets: project });
  return { routes, app, end: () => hub.close() };
}
