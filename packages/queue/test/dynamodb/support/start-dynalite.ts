import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

export interface Emulator {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

// It ends with its input, so also when the tests are killed.
const PROGRAM = `
  const server = require(process.argv[1])({ createTableMs: 20 });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
  process.stdin.resume().on("end", () => process.exit());
`;

/** DynamoDB's API with its data in memory, in a process of its own. */
export async function startDynalite(): Promise<Emulator> {
  const require = createRequire(import.meta.url);
  const child = spawn(process.execPath, ["-e", PROGRAM, require.resolve("dynalite")], {
    env: {},
    stdio: ["pipe", "pipe", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("exit", (status) => reject(new Error(`dynalite ended with ${status}`)));
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      child.stdin.end();
      await gone;
    },
  };
}
