import * as z from "zod";
import { streamEventSchema } from "../../contract/events.ts";
import { type Route, route } from "../route.ts";
import type { RouteContext } from "./context.ts";

const eventsQuery = z.strictObject({ last_event_id: z.string().max(100).optional() });

/** What happens in the namespace, as it happens. */
export function eventRoutes({ hub, access }: RouteContext): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/events",
      access: "user",
      summary: "A stream of server-sent events; it goes on behind Last-Event-ID, or last_event_id",
      query: eventsQuery,
      answers: [
        { status: 200, description: "Each message", schema: streamEventSchema, type: "text/event-stream" },
      ],
      errors: ["E465"],
      async handle({ principal, request, response }) {
        const user = principal?.id ?? "";
        hub.connect(request, response, user);
        const stopWaiting = access.sessions.onEnd(user, () => response.destroy());
        response.once("close", stopWaiting);
        return null;
      },
    }),
  ];
}
