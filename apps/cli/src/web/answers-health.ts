import { get } from "node:http";
import type { WebRecord } from "./web-record.ts";

const ANSWER_MS = 2_000;
const LARGEST_BYTES = 10_000;

/** @returns whether a web server of this namespace answers on the record's port. */
export function answersHealth({ port, namespace }: Pick<WebRecord, "port" | "namespace">): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(
      {
        host: "127.0.0.1",
        port,
        path: "/api/health",
        headers: { host: `localhost:${port}` },
        agent: false,
        timeout: ANSWER_MS,
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => {
          text += part;
          if (text.length > LARGEST_BYTES) request.destroy();
        });
        response.on("close", () => resolve(response.statusCode === 200 && isHealthOf(text, namespace)));
      },
    );
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}

function isHealthOf(text: string, namespace: string): boolean {
  try {
    const health = JSON.parse(text) as { status?: unknown; namespace?: unknown } | null;
    return health?.status === "ok" && health.namespace === namespace;
  } catch {
    return false;
  }
}
