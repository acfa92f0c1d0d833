import { type AddressInfo, connect, createServer } from "node:net";

export interface EndpointRelay {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Makes a unix socket of ours reachable as plain HTTP on a loopback port, for children without a network of their own.
 * Any process of this machine can reach it too while the run lasts: that is what level `process` means.
 */
export async function openEndpointRelay(socketPath: string): Promise<EndpointRelay> {
  const open = new Set<{ destroy(): void }>();
  const server = createServer({ allowHalfOpen: true }, (inner) => {
    const outer = connect({ path: socketPath, allowHalfOpen: true });
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
