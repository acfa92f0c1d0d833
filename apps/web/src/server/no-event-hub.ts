import type { EventHub } from "./events/event-hub.ts";

/** Nobody listens. */
export const noEventHub = (): EventHub => ({
  publish() {},
  onWorker() {},
  connect(_request, response) {
    response.status(503).end();
  },
  stats: () => ({ clients: 0, published: 0, cutOff: 0 }),
  close() {},
});
