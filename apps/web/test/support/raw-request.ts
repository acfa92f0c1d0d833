import { request } from "node:http";

export interface RawAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  json<T = Record<string, unknown>>(): T;
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  /** The Host header: null for none, several for several. Default: the server's own. */
  readonly host?: string | readonly string[] | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A request exactly as it is given: any Host, or none. Of an event stream only the beginning is read. */
export function rawRequest(port: number, asked: RawRequest): Promise<RawAnswer> {
  const { method = "GET", path, host = `localhost:${port}`, headers = {}, body } = asked;
  const hosts = host === null ? [] : typeof host === "string" ? [host] : host;
  const lines = [...hosts.flatMap((value) => ["Host", value]), ...Object.entries(headers).flat()];
  if (body !== undefined && headers["Transfer-Encoding"] === undefined)
    lines.push("Content-Length", String(Buffer.byteLength(body)));
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path, headers: lines, setHost: false, agent: false };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      const done = () => {
        const text = Buffer.concat(chunks).toString();
        const status = response.statusCode ?? 0;
        resolve({ status, headers: response.headers, text, json: () => JSON.parse(text) });
      };
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("end", done);
      if (response.headers["content-type"]?.startsWith("text/event-stream")) {
        done();
        response.destroy();
      }
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
