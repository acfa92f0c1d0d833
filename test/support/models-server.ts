/** A loopback server that lists models as Anthropic and OpenAI do, or fails as a test says. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface ModelsServer {
  /** Without a slash at its end; the same for both APIs, but that OpenAI's has `/v1`. */
  readonly url: string;
  stop(): Promise<void>;
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

export type Answer = (response: ServerResponse, path: string, headers: IncomingHttpHeaders) => void;

export const json =
  (status: number, body: unknown): Answer =>
  (response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

/** Lists some models to whoever has the key; in pages of one for Anthropic's API. */
export function listing(key: string): Answer {
  const claude = [
    { type: "model", id: "claude-a-1", display_name: "Claude A 1", created_at: "2026-01-01T00:00:00Z" },
    { type: "model", id: "claude-b-2", display_name: "Claude B 2", created_at: "2026-06-01T00:00:00Z" },
  ];
  const gpt = ["gpt-9", "gpt-9-audio-preview", "text-embedding-9", "o7-mini", "whisper-2"];
  return (response, path, headers) => {
    const given = headers["x-api-key"] ?? headers.authorization?.replace(/^Bearer /, "");
    if (given !== key) {
      json(401, { type: "error", error: { type: "authentication_error", message: `invalid key ${given}` } })(
        response,
        path,
        headers,
      );
    } else if (headers["x-api-key"] !== undefined) {
      const after = new URL(path, "http://x").searchParams.get("after_id");
      const at = claude.findIndex(({ id }) => id === after) + 1;
      const page = claude.slice(at, at + 1);
      json(200, { data: page, has_more: at + 1 < claude.length, last_id: page[0]?.id ?? null })(
        response,
        path,
        headers,
      );
    } else {
      const data = gpt.map((id, index) => ({ id, object: "model", created: index, owned_by: "x" }));
      json(200, { object: "list", data })(response, path, headers);
    }
  };
}

/** Stopped when the test ends. */
export async function startModelsServer(answer: Answer): Promise<ModelsServer> {
  const requests: { path: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? "", headers: request.headers });
    answer(response, request.url ?? "", request.headers);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, stop };
}
