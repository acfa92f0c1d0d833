import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyIdOf } from "../../src/attestation/public-key.ts";
import { loadPublicKey, loadSigningKey, publicKeyPath } from "../../src/attestation/signing-key.ts";
import { createBench } from "../sandbox/support.ts";
import { buildScript } from "../support/build-script.ts";

let root: string;
let home: string;
const keyPath = () => join(home, "attestation", "ed25519.pem");
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "pm-key-"));
  home = join(root, "home");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const refusal = async () => {
  const error: unknown = await loadSigningKey(home).then(
    () => null,
    (reason: unknown) => reason,
  );
  return error as { code?: string; message?: string } | null;
};

describe("the key that attests", () => {
  it("is made on first use, for its owner alone, and is the same from then on", async () => {
    const key = await loadSigningKey(home);
    expect(statSync(keyPath()).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, "attestation")).mode & 0o777).toBe(0o700);
    expect((await loadSigningKey(home)).id).toBe(key.id);
    const published = await loadPublicKey(home);
    expect(published && keyIdOf(published)).toBe(key.id);
    expect(readdirSync(join(home, "attestation")).sort()).toEqual(["ed25519.pem", "ed25519.pub.pem"]);
  });

  it("is one where many processes make it at once", { timeout: 60_000 }, async () => {
    const script = await buildScript(new URL("./make-key.ts", import.meta.url), root);
    const run = promisify(execFile);
    const ids = await Promise.all(
      Array.from({ length: 8 }, async () => (await run(process.execPath, [script, home])).stdout),
    );
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(readdirSync(join(home, "attestation")).sort()).toEqual(["ed25519.pem", "ed25519.pub.pem"]);
  });

  it("is refused where others can read it, or write to its folder", async () => {
    await loadSigningKey(home);
    chmodSync(keyPath(), 0o640);
    expect(await refusal()).toMatchObject({ code: "E311" });
    chmodSync(keyPath(), 0o600);
    chmodSync(join(home, "attestation"), 0o750);
    expect(await refusal()).toMatchObject({ code: "E311" });
    chmodSync(join(home, "attestation"), 0o700);
    expect(await refusal()).toBeNull();
  });

  it("is not followed through a link, neither the file nor its folder", async () => {
    await loadSigningKey(home);
    renameSync(keyPath(), join(root, "elsewhere.pem"));
    symlinkSync(join(root, "elsewhere.pem"), keyPath());
    expect(await refusal()).toMatchObject({ code: "E311" });
    rmSync(join(home, "attestation"), { recursive: true });
    mkdirSync(join(root, "folder"), { mode: 0o700 });
    symlinkSync(join(root, "folder"), join(home, "attestation"));
    expect(await refusal()).toMatchObject({ code: "E311" });
  });

  it("is refused where the file holds something else", async () => {
    await loadSigningKey(home);
    writeFileSync(keyPath(), "no key");
    expect(await refusal()).toMatchObject({ code: "E311" });
    const { privateKey } = generateKeyPairSync("x25519");
    writeFileSync(keyPath(), privateKey.export({ type: "pkcs8", format: "pem" }));
    expect(await refusal()).toMatchObject({ code: "E311" });
  });

  it("has its public half written again where that is missing or another one", async () => {
    const key = await loadSigningKey(home);
    const pem = readFileSync(publicKeyPath(home), "utf8");
    for (const spoil of [
      () => rmSync(publicKeyPath(home)),
      () => writeFileSync(publicKeyPath(home), "other"),
    ]) {
      spoil();
      expect(await loadPublicKey(home)).toBeNull();
      expect((await loadSigningKey(home)).id).toBe(key.id);
      expect(readFileSync(publicKeyPath(home), "utf8")).toBe(pem);
    }
  });

  it("can't be seen from a sandbox, wherever the home is", { timeout: 60_000 }, async () => {
    for (const inside of ["user-home/.pm-orchestrator-runner", "pm-home"]) {
      const userEnv: NodeJS.ProcessEnv = {};
      const bench = await createBench("sandbox", { userEnv });
      try {
        home = join(bench.root, inside);
        if (inside === "pm-home") userEnv.PM_HOME = home;
        await loadSigningKey(home);
        const { exit } = await seen(bench, keyPath());
        expect(exit).not.toBe(0);
        expect((await seen(bench, "/etc/passwd")).exit).toBe(0);
      } finally {
        bench.remove();
      }
    }
  });
});

async function seen(bench: Awaited<ReturnType<typeof createBench>>, path: string) {
  const result = await bench.run(["/bin/cat", path]);
  return { exit: result.exitCode };
}
