import { execFileSync, spawnSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sealEnvelope } from "../../src/attestation/dsse.ts";
import { isKeyId } from "../../src/attestation/is-key-id.ts";
import { keyIdOf } from "../../src/attestation/public-key.ts";
import { exportStatement } from "../../src/attestation/seal.ts";
import { loadSigningKey, publicKeyPath } from "../../src/attestation/signing-key.ts";
import { readTar, type TarMember, writeTar } from "../../src/attestation/tar.ts";
import { sessionLayout } from "../../src/project/layout.ts";
import { createEngine } from "../../src/runner/create-engine.ts";
import { HONEST } from "../support/honest-script.ts";
import { type Attested, makeAttested, makeHome } from "./attested-session.ts";

const tool = (name: string) => fileURLToPath(new URL(`../../../../tools/${name}`, import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

interface Sample {
  readonly what: string;
  readonly attested: Attested;
  readonly id: string;
  readonly path: string;
  readonly key: string;
}

const SAMPLES: readonly (readonly [string, Parameters<typeof makeAttested>])[] = [
  [
    "COMPLETE",
    [
      HONEST,
      { ".claude/settings.json": '{"isolation":"process","evidence_settings":{"compression_enabled":true}}' },
    ],
  ],
  ["NO_EVIDENCE", [{ ...HONEST, EXECUTION: { record: { tool_calls: 1 } } }]],
  ["ERROR", [{ ...HONEST, EXECUTION: { record: { exit_code: 1, is_error: true } } }]],
  [
    "INCOMPLETE",
    [
      {
        ...HONEST,
        EXECUTION: { writes: { "src/slug.js": 'export const slug = "\ud800 \\u2028 日本 1e-7";\n' } },
      },
    ],
  ],
];

let dir: string;
const samples: Sample[] = [];
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "pm-exports-"));
  for (const [what, args] of SAMPLES) {
    const attested = makeAttested(...args);
    const result = await attested.start();
    expect(result.overall_status).toBe(what);
    const path = join(dir, `${what}.pm.tar`);
    writeFileSync(path, (await attested.engine.exportSession(result.session_id)).file);
    const key = publicKeyPath(attested.home);
    samples.push({ what, attested, id: result.session_id, path, key });
  }
}, 120_000);
afterAll(() => {
  for (const { attested } of samples) attested.remove();
  rmSync(dir, { recursive: true, force: true });
});

const complete = (): Sample => {
  const [first] = samples;
  if (!first) throw new Error("no sample");
  return first;
};
const never = () => {
  throw new Error("no agent is asked");
};
/** Of a machine that never saw the session. */
function elsewhere<T>(look: (engine: ReturnType<typeof createEngine>) => Promise<T>): Promise<T> {
  const home = makeHome();
  const engine = createEngine({ home, version: "0", cwd: dir, providers: never });
  return look(engine).finally(() => rmSync(home, { recursive: true, force: true }));
}
function node(...args: string[]) {
  const { status, stdout } = spawnSync(process.execPath, [tool("verify.mjs"), ...args], { encoding: "utf8" });
  return { status, stdout };
}
function python(...args: string[]) {
  const { status, stdout } = spawnSync("python3", [tool("verify.py"), ...args], { encoding: "utf8" });
  return { status, stdout };
}
const VERIFIERS = [
  ["tools/verify.mjs", node, true],
  [
    hasPython ? "tools/verify.py" : "tools/verify.py (not run: no python3 on this machine)",
    python,
    hasPython,
  ],
] as const;

describe("an export", { timeout: 60_000 }, () => {
  it("has the same bytes each time, whether its attestation is there or not", async () => {
    const { attested, id, path } = complete();
    const whole = readFileSync(path);
    expect((await attested.engine.exportSession(id)).file.equals(whole)).toBe(true);
    const { attestation } = sessionLayout(attested.project, id);
    const kept = readFileSync(attestation);
    rmSync(attestation);
    expect((await attested.engine.exportSession(id)).file.equals(whole)).toBe(true);
    writeFileSync(attestation, kept);
  });

  it("verifies on a machine that never saw the session, with the key and, with a note, without", async () => {
    for (const { what, path, key, id } of samples) {
      const [pinned, plain] = await elsewhere(
        async (engine) =>
          [await engine.verifyExport(path, { keyFile: key }), await engine.verifyExport(path)] as const,
      );
      expect(pinned).toMatchObject({
        session_id: id,
        ok: true,
        overall_status: what,
        problems: [],
        notes: [],
      });
      expect(plain).toMatchObject({ ok: true, attestation: { state: "verified" } });
      expect(plain.notes.join()).toContain("check it with --key");
    }
  });

  for (const [name, verify, isHere] of VERIFIERS)
    it.skipIf(!isHere)(`is verified by ${name}, too, with a key, a key id or none`, () => {
      for (const { what, path, key, id } of samples) {
        const pem = createPublicKey(readFileSync(key, "utf8"));
        for (const pin of [[], [key], [keyIdOf(pem)]]) {
          const result = verify(path, ...pin);
          expect(result.stdout).toMatch(new RegExp(`^VERIFIED: ${id} is ${what}; `));
          expect(result.status).toBe(0);
        }
      }
    });

  it("is refused by all where it is of another key than was asked for", async () => {
    const [first, second] = samples;
    if (!first || !second) throw new Error("too few samples");
    const report = await elsewhere((engine) => engine.verifyExport(first.path, { keyFile: second.key }));
    expect(report).toMatchObject({ ok: false, problems: [{ code: "E313" }] });
    for (const [, verify, isHere] of VERIFIERS) {
      if (!isHere) continue;
      const result = verify(first.path, second.key);
      expect(result.stdout).toMatch(/^REFUSED: it is of the key /);
      expect(result.status).toBe(1);
    }
  });

  it("is of the same key for all, however that is given", async () => {
    const { path, key, attested } = complete();
    const pem = readFileSync(key, "utf8");
    const id = keyIdOf(createPublicKey(pem));
    const file = (name: string, content: string) => {
      writeFileSync(join(dir, name), content);
      return join(dir, name);
    };
    const isAccepted = async (pin: string) => {
      const asked = isKeyId(pin) ? { keyId: pin } : { keyFile: pin };
      const said = await elsewhere((engine) => engine.verifyExport(path, asked)).catch(() => null);
      const others = VERIFIERS.filter(([, , isHere]) => isHere).map(([, verify]) => verify(path, pin));
      return [said?.ok === true, ...others.map(({ status }) => status === 0)];
    };
    const same = [
      id,
      key,
      file("crlf.pem", pem.replaceAll("\n", "\r\n")),
      file("cr.pem", pem.replaceAll("\n", "\r")),
      file("no-end.pem", pem.trimEnd()),
      file("more-ends.pem", `${pem}\r\n\n`),
    ];
    for (const pin of same) expect(new Set(await isAccepted(pin)), pin).toEqual(new Set([true]));
    const none = [
      "",
      dir,
      join(dir, "missing.pem"),
      id.toUpperCase(),
      id.slice(0, 16),
      `${id.slice(0, 63)}${id.endsWith("0") ? 1 : 0}`,
      join(attested.home, "attestation", "ed25519.pem"),
      file("mark.pem", `\ufeff${pem}`),
      file("before.pem", `mine:\n${pem}`),
      file("behind.pem", `${pem}mine\n`),
      file("twice.pem", pem + pem),
      file("spaced.pem", pem.replace("\nM", "\n M")),
      file("id.txt", id),
      file("empty.pem", ""),
    ];
    for (const pin of none) expect(new Set(await isAccepted(pin)), pin).toEqual(new Set([false]));
  });

  it("is refused by all where what it holds was changed and sealed again by another key, or by its own", async () => {
    const { path, key, attested, id } = complete();
    const tar = readTar(readFileSync(path));
    if (!tar) throw new Error("no tar");
    const own = await loadSigningKey(attested.home);
    const change = (name: string, text: (old: string) => string): TarMember[] =>
      tar.members
        .slice(0, -1)
        .map((member) =>
          member.name === name
            ? { name, content: Buffer.from(text(member.content.toString("latin1")), "latin1") }
            : member,
        );
    const lies: TarMember[][] = [
      change("evidence/journal.jsonl", (old) => old.replace('"exit_code":1', '"exit_code":0')),
      change("evidence/journal.jsonl", (old) => old.slice(0, old.lastIndexOf("\n", old.length - 2) + 1)),
      change("evidence/attestation.dsse.json", (old) => old.replace('"sig":"', '"sig":"A')),
      change("evidence/attestation.dsse.json", () => "{}\n"),
      tar.members.slice(0, -1).filter(({ name }) => name !== "evidence/report.md"),
      [...tar.members.slice(0, -1), { name: "evidence/more.txt", content: Buffer.from("more") }],
      [...tar.members.slice(0, -1)].reverse(),
    ];
    for (const [index, members] of lies.entries()) {
      const seal = sealEnvelope(exportStatement(id, members, own.id), own);
      const lie = join(dir, `lie-${index}.pm.tar`);
      writeFileSync(lie, writeTar(id, [...members, { name: "seal.dsse.json", content: Buffer.from(seal) }]));
      expect(
        await elsewhere((engine) => engine.verifyExport(lie, { keyFile: key })),
        `${index}`,
      ).toMatchObject({
        ok: false,
        overall_status: "INVALID",
      });
      for (const [name, verify, isHere] of VERIFIERS)
        if (isHere) expect(verify(lie, key).stdout, `${index} ${name}`).toMatch(/^REFUSED: /);
    }
  });

  it("says no tar, an empty file and a file that is not there to be none", async () => {
    writeFileSync(join(dir, "empty"), "");
    for (const name of ["empty", "missing"])
      for (const [, verify, isHere] of VERIFIERS)
        if (isHere)
          expect(verify(join(dir, name))).toMatchObject({
            status: 1,
            stdout: expect.stringMatching(/^REFUSED: /),
          });
    expect(await elsewhere((engine) => engine.verifyExport(join(dir, "empty")))).toMatchObject({ ok: false });
    await expect(elsewhere((engine) => engine.verifyExport(join(dir, "missing")))).rejects.toMatchObject({
      code: "E116",
    });
  });

  it("is not made of evidence that is not whole", async () => {
    const attested = makeAttested();
    const { session_id } = await attested.start();
    const { journal } = sessionLayout(attested.project, session_id);
    writeFileSync(journal, readFileSync(journal, "utf8").replace('"exit_code":1', '"exit_code":0'));
    await expect(attested.engine.exportSession(session_id)).rejects.toMatchObject({ code: "E310" });
    attested.remove();
  });

  it.each(["verify.mjs", "verify.py"])(
    "has a second verifier, %s, short enough to be read, that uses no package",
    (name) => {
      const source = readFileSync(tool(name), "utf8");
      expect(source.trimEnd().split("\n").length).toBeLessThan(200);
      const imports = name.endsWith(".py")
        ? (/^import (.+)$/m.exec(source)?.[1]?.split(", ") ?? [])
        : [...source.matchAll(/from "([^"]+)"/g)].map((found) => found[1]);
      const allowed = name.endsWith(".py")
        ? ["base64", "datetime", "decimal", "hashlib", "json", "re", "sys"]
        : ["node:crypto", "node:fs", "node:url"];
      expect(imports).toEqual(allowed);
    },
  );
});

describe("the README in an export", () => {
  it("tells commands that do what it says", { timeout: 60_000 }, () => {
    const { path, id } = complete();
    const unpacked = mkdtempSync(join(dir, "by-hand-"));
    execFileSync("tar", ["xf", path], { cwd: unpacked });
    const root = join(unpacked, id);
    const sh = (script: string) =>
      execFileSync("/bin/sh", ["-ec", script], {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
    const payload = JSON.parse(readFileSync(join(root, "evidence/attestation.dsse.json"), "utf8")).payload;
    const { subject, predicate } = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
    const blobs = "cd evidence/blobs/sha256";
    expect(
      sh(
        `${blobs}; find . -type f | while read -r f; do echo "$(basename "$f")  $f" | sha256sum --check --quiet; done`,
      ),
    ).toBe("");
    expect(sh(`${blobs}; find . -type f -printf '%f\\n' | LC_ALL=C sort | sha256sum`)).toContain(
      subject[1].digest.sha256,
    );
    expect(sh("tail -n 1 evidence/journal.jsonl | tr -d '\\n' | sha256sum")).toContain(
      subject[0].digest.sha256,
    );
    expect(sh("openssl pkey -pubin -in public-key.pem -outform DER | sha256sum")).toContain(predicate.key_id);
    expect(readFileSync(join(root, "README.txt"), "utf8")).toContain(predicate.key_id);
  });
});
