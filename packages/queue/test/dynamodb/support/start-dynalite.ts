import { once } from "node:events";
import type { AddressInfo } from "node:net";
import dynalite from "dynalite";

export interface Emulator {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

/** DynamoDB's API with its data in memory. */
export async function startDynalite(): Promise<Emulator> {
  const server = dynalite({ createTableMs: 20 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
