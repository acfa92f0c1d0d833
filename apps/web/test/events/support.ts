/** A real server around a hub, and clients that read its stream as bytes come. */
import { once } from "node:events";
import { type ClientRequest, createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type NextFunction, type Request, type Response } from "express";
import { type StreamEvent, streamEventSchema } from "../../src/contract/events.ts";
import type { EventHub } from "../../src/server/events/event-hub.ts";

export interface Message {
  readonly id: string;
  /** The number in its id. */
  readonly n: number;
  readonly event: StreamEvent;
  /** Milliseconds since the epoch. */
  readonly heardAt: number;
}

export interface StreamReader {
  readonly messages: Message[];
  readonly response: IncomingMessage;
  /** Resolves once `found` says so of what came; checked with every message. */
  until(found: (messages: readonly Message[]) => boolean): Promise<void>;
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

export interface Served {
  readonly port: number;
  open(options?: { id?: string; by?: "header" | "query"; user?: string }): Promise<StreamReader>;
  /** A client that asks for the stream and never reads it. */
  deaf(): Promise<{ readonly closed: Promise<void>; end(): void }>;
  end(): Promise<void>;
}

/** `x-user` stands for whoever is logged in. */
export async function serve(hub: EventHub): Promise<Served> {
  const app = express();
  app.get("/api/events", (req, res) => hub.connect(req, res, req.get("x-user") ?? "someone"));
  app.use((error: { code: string }, _: Request, res: Response, __: NextFunction) => {
    res.status(429).json({ code: error.code });
  });
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const requests = new Set<ClientRequest>();

  async function ask(path: string, headers: Record<string, string>): Promise<IncomingMessage> {
    const asked = request({ port, host: "127.0.0.1", path, headers, agent: false }).end();
    // A stream that the server cuts off ends so.
    asked.on("error", () => {});
    requests.add(asked);
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    response.on("error", () => {});
    return response;
  }

  return {
    port,
    async open({ id, by = "header", user = "someone" } = {}) {
      const query = id !== undefined && by === "query" ? `?last_event_id=${encodeURIComponent(id)}` : "";
      const header = id !== undefined && by === "header" ? { "last-event-id": id } : {};
      return read(await ask(`/api/events${query}`, { "x-user": user, ...header }));
    },
    async deaf() {
      const response = await ask("/api/events", { "x-user": "deaf" });
      response.pause();
      const closed = closing(response);
      return { closed, end: () => void response.destroy() };
    },
    async end() {
      hub.close();
      for (const asked of requests) asked.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

const closing = (response: IncomingMessage) =>
  new Promise<void>((resolve) => {
    response.once("close", () => resolve());
  });

function read(response: IncomingMessage): StreamReader {
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  let text = "";
  response.setEncoding("utf8");
  response.on("data", (chunk: string) => {
    text += chunk;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, id = "", data = "null"] = /^id: (.*)\ndata: (.*)$/.exec(block) ?? [];
      if (id === "") continue;
      const event = streamEventSchema.parse(JSON.parse(data));
      messages.push({ id, n: Number(id.split("-")[1]), event, heardAt: Date.now() });
    }
    for (const wake of waiting) wake();
  });
  const ended = closing(response).then(() => {
    for (const wake of waiting) wake();
  });
  return {
    messages,
    response,
    ended,
    until: (found) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (found(messages)) resolve();
          else if (response.closed) reject(new Error(`the stream ended after ${messages.length} messages`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    async close() {
      response.destroy();
      await ended;
    },
  };
}
