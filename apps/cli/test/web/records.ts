import { type ProcessIdentity, processIdentity } from "@pm/core";
import type { WebRecord } from "../../src/web/web-record.ts";

/** Of this process, as an entry of `web.json`. */
export function recordOf(change: Partial<WebRecord> = {}): WebRecord {
  return {
    ...(processIdentity(process.pid) as ProcessIdentity),
    port: 6000,
    url: "http://localhost:6000",
    namespace: "default",
    project: "/work/sample",
    version: "1.2.3",
    started_at: "2026-01-02T12:00:00.000Z",
    background: true,
    ...change,
  };
}
