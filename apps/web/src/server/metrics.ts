import { TASK_STATES, type TaskQueue } from "@pm/core";
import { Gauge, Histogram, Registry } from "prom-client";
import type { EventHub } from "./events/event-hub.ts";

export interface Metrics {
  /** @returns takes the status and duration (ms) of each answer of one route */
  observer(method: string, route: string): (status: number, ms: number) => void;
  /** As Prometheus reads it. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
}

/** Figures of one server; routes by their pattern, so that no id becomes a label. */
export function createMetrics(queue: TaskQueue, hub: Pick<EventHub, "stats">): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const durations = new Histogram({
    name: "pm_http_request_duration_seconds",
    help: "Time to answer, by route; event streams are left out",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
    registers,
  });
  new Gauge({
    name: "pm_queue_tasks",
    help: "Tasks by state",
    labelNames: ["state"] as const,
    registers,
    async collect() {
      const { counts } = await queue.stats();
      for (const state of TASK_STATES) this.set({ state }, counts[state]);
    },
  });
  const ofHub = (name: string, help: string, read: (stats: ReturnType<EventHub["stats"]>) => number) =>
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(read(hub.stats()));
      },
    });
  ofHub("pm_event_clients", "Open event streams", ({ clients }) => clients);
  ofHub("pm_events_published", "Events since the server started", ({ published }) => published);
  ofHub(
    "pm_event_clients_cut_off",
    "Streams that were closed since they did not read",
    ({ cutOff }) => cutOff,
  );
  new Gauge({
    name: "process_resident_memory_bytes",
    help: "Memory of the server's process",
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });

  return {
    observer(method, route) {
      const children = new Map<number, { observe(seconds: number): void }>();
      return (status, ms) => {
        let child = children.get(status);
        if (child === undefined) {
          child = durations.labels(method, route, String(status));
          children.set(status, child);
        }
        child.observe(ms / 1000);
      };
    },
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
