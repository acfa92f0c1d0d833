import { createServer } from "node:net";

const NEAR = 20;
const HIGHEST = 65_535;

/** @returns a port of 127.0.0.1 that nobody listens on now: one soon after `port`, else any. */
export async function freePort(port: number): Promise<number> {
  for (let next = Math.max(1024, port + 1); next <= Math.min(HIGHEST, port + NEAR); next++) {
    const found = await listenOnce(next);
    if (found !== null) return found;
  }
  return (await listenOnce(0)) ?? 0;
}

/** @param port 0: any. @returns the port of 127.0.0.1 that could be listened on, or null. */
export function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === "object" && address !== null ? address.port : null;
      server.close(() => resolve(found));
    });
  });
}
