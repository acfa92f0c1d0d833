import type { Access } from "../access/create-access.ts";
import type { EventHub } from "../events/event-hub.ts";
import type { Metrics } from "../metrics.ts";
import type { LoginLink, WebOptions } from "../web-server.ts";

/** What the routes of one server work with. */
export interface RouteContext {
  readonly options: WebOptions;
  readonly access: Access;
  readonly hub: EventHub;
  readonly metrics: Metrics;
  loginLink(): LoginLink;
}
