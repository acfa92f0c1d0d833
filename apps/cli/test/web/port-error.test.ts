import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { tempFolder } from "../../../../test/support/temp-folder.ts";
import { freePort } from "../../src/web/free-port.ts";
import { portError } from "../../src/web/port-error.ts";
import { addServer } from "../../src/web/web-registry.ts";
import { recordOf } from "./records.ts";

/** Listens, and tells what a second one would fail with. */
async function taken() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1" }, resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const second = createServer();
  const error = await new Promise<Error>((resolve) => {
    second.once("error", resolve);
    second.listen({ port, host: "127.0.0.1" });
  });
  return { port, error };
}

describe("a port that can't be had", () => {
  it.runIf(process.platform === "linux")("names the process that has it, and one that is free", async () => {
    const { port, error } = await taken();
    const found = (await portError(error, { home: tempFolder(), namespace: "dev", port })) as Error;
    expect(found).toMatchObject({ code: "E480", message: expect.stringContaining(`(pid ${process.pid})`) });
    const { free } = (found as unknown as { data: { free: number } }).data;
    expect(free).not.toBe(port);
    expect(found).toMatchObject({ hint: expect.stringContaining(`--namespace dev --port ${free}`) });
    expect(await freePort(free - 1)).toBe(free);
  });

  it("names the namespace whose server has it, and says so where it is this one's", async () => {
    const home = tempFolder();
    const { port, error } = await taken();
    await addServer(home, recordOf({ namespace: "stable", port }));
    expect(await portError(error, { home, namespace: "default", port })).toMatchObject({
      code: "E480",
      message: expect.stringContaining("the web server of namespace stable"),
    });
    expect(await portError(error, { home, namespace: "stable", port })).toMatchObject({ code: "E481" });
  });

  it("says that it is not allowed", async () => {
    const error = Object.assign(new Error("listen EACCES"), { code: "EACCES", syscall: "listen" });
    const asked = { home: tempFolder(), namespace: "default", port: 80 };
    const found = await portError(new Error("wrapped", { cause: error }), asked);
    expect(found).toMatchObject({ code: "E485", hint: expect.stringMatching(/--port \d{4}/) });
  });

  it("is no answer to any other failure", async () => {
    const error = Object.assign(new Error("EACCES: permission denied, open"), {
      code: "EACCES",
      syscall: "open",
    });
    expect(await portError(error, { home: tempFolder(), namespace: "default", port: 80 })).toBe(error);
  });
});
