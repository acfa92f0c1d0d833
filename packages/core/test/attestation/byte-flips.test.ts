import { execFile, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyExport } from "../../src/attestation/verify-export.ts";
import { deriveTaskOutcome } from "../../src/runner/derive-task-outcome.ts";
import { makeSmallExport, type SmallExport } from "./small-export.ts";

const tool = (name: string) => fileURLToPath(new URL(`../../../../tools/${name}`, import.meta.url));
const hasPython = (() => {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();
const run = promisify(execFile);

let small: SmallExport;
beforeAll(async () => {
  small = await makeSmallExport();
});
afterAll(() => small.remove());

const accepts = (file: Buffer) =>
  verifyExport(file, { deriveOutcome: deriveTaskOutcome, trust: { key: small.key.public, demanded: true } })
    .ok;

/** The page is long and all of it is read by nothing but a hash: every ninth byte of it will do. */
function isDense(file: Buffer, at: number): boolean {
  const start = file.indexOf("<!doctype html>");
  return at < start || at > file.indexOf("</html>") || at % 9 === 0;
}

/** Every byte of a file altered in turn, then cuts and additions. */
function* alterations(file: Buffer): Generator<readonly [string, Buffer]> {
  for (let at = 0; at < file.length; at += 1) {
    if (!isDense(file, at)) continue;
    const altered = Buffer.from(file);
    altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
    yield [`byte ${at}`, altered];
  }
  for (const cut of [1, 511, 512, 1024, 1536]) yield [`cut by ${cut}`, file.subarray(0, file.length - cut)];
  for (const more of [1, 512, 10_240]) yield [`longer by ${more}`, Buffer.concat([file, Buffer.alloc(more)])];
  yield ["twice", Buffer.concat([file, file])];
}

describe("an exported file after any single change", () => {
  it("is refused by pm, whichever byte it was", { timeout: 300_000 }, () => {
    expect(accepts(small.file)).toBe(true);
    const accepted = [...alterations(small.file)].filter(([, file]) => accepts(file)).map(([what]) => what);
    expect(accepted).toEqual([]);
  });

  it("is refused by tools/verify.mjs, whichever byte it was", { timeout: 300_000 }, async () => {
    const { verifyExport: verifyAlone } = await import(pathToFileURL(tool("verify.mjs")).href);
    const passes = (file: Buffer) => {
      try {
        return Boolean(verifyAlone(file, small.key.id));
      } catch {
        return false;
      }
    };
    expect(passes(small.file)).toBe(true);
    const accepted = [...alterations(small.file)].filter(([, file]) => passes(file)).map(([what]) => what);
    expect(accepted).toEqual([]);
  });

  it.skipIf(!hasPython)(
    `is refused by tools/verify.py, at bytes spread over all of it${hasPython ? "" : " (not run: no python3 on this machine)"}`,
    { timeout: 300_000 },
    async () => {
      const path = join(small.root, "x.pm.tar");
      writeFileSync(path, small.file);
      const { stdout } = await run(
        "python3",
        ["-c", FLIPS_IN_PYTHON, tool("verify.py"), path, small.key.id],
        {
          timeout: 290_000,
        },
      );
      expect(JSON.parse(stdout)).toEqual({ honest: true, tried: expect.any(Number), accepted: [] });
      expect(JSON.parse(stdout).tried).toBeGreaterThan(small.file.length / 20);
    },
  );
});

/** One process for all of them. Every byte of headers, key, seal and last blocks; every 19th of the rest. */
const FLIPS_IN_PYTHON = `
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
data = open(sys.argv[2], "rb").read()
def passes(altered):
    try:
        return bool(verify.verify_export(altered, sys.argv[3]))
    except Exception:
        return False
dense = set()
at = 0
while data[at] != 0:
    size = int(data[at + 124:at + 135], 8)
    end = at + 512 + -(-size // 512) * 512
    dense.update(range(at, at + 512), range(at + 512 + size, end))
    if data[at:at + 100].split(b"\\0")[0] == b"public-key.pem":
        dense.update(range(at + 512, end))
    at = end
dense.update(range(at, len(data)))
places = sorted(dense | set(range(0, len(data), 19)))
accepted = []
for place in places:
    altered = bytearray(data)
    altered[place] ^= 1 << place % 8
    if passes(bytes(altered)):
        accepted.append(place)
print(json.dumps({"honest": passes(data), "tried": len(places), "accepted": accepted}))
`;
