import { execFileSync } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blobPath, createBlobStore } from "../../src/evidence/blobs.ts";
import { createRedactor } from "../../src/evidence/redactor.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "pm-blobs-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const store = (compress: boolean, secrets: string[] = []) =>
  createBlobStore(dir, { compress, redactor: createRedactor(secrets) });

describe("a blob store", () => {
  it("names each file by what sha256sum says of it, packed or not", () => {
    for (const compress of [false, true]) {
      const ref = store(compress).put("log", "line of a log\n".repeat(1000));
      expect(ref.encoding).toBe(compress ? "gzip" : "identity");
      expect(ref.bytes).toBe(14_000);
      const said = execFileSync("sha256sum", [join(dir, blobPath(ref))], { encoding: "utf8" });
      expect(said.split(" ")[0]).toBe(ref.sha256);
      expect(blobPath(ref)).toBe(`blobs/sha256/${ref.sha256.slice(0, 2)}/${ref.sha256}`);
    }
  });

  it("gives back what it was given, any bytes at all", () => {
    const blobs = store(true);
    const property = fc.property(
      fc.uint8Array({ maxLength: 2000 }),
      fc.integer({ min: 1, max: 40 }),
      (part, times) => {
        const content = Buffer.concat(Array.from({ length: times }, () => Buffer.from(part)));
        expect(blobs.get(blobs.put("any", content)).equals(content)).toBe(true);
      },
    );
    void fc.assert(property, { numRuns: 60 });
  });

  it("stores text only where packing it would not help", () => {
    expect(store(true).put("short", "short").encoding).toBe("identity");
  });

  it("keeps the same content once, as one unchanged private file", () => {
    const blobs = store(true);
    const first = blobs.put("a", "same".repeat(500));
    const before = statSync(join(dir, blobPath(first)));
    expect(blobs.put("b", "same".repeat(500))).toEqual({ ...first, name: "b" });
    const after = statSync(join(dir, blobPath(first)));
    expect([after.ino, after.mtimeMs, after.mode & 0o777]).toEqual([before.ino, before.mtimeMs, 0o600]);
    expect(readdirSync(join(dir, blobPath(first), ".."))).toEqual([first.sha256]);
  });

  it("takes secrets out of text and of binary output before it is hashed", () => {
    const blobs = store(false, ["canary-0123456789"]);
    const text = blobs.put("text", "key=canary-0123456789 é");
    expect(blobs.get(text).toString()).toBe("key=[redacted:known-secret] é");
    const binary = Buffer.concat([
      Buffer.from([0xff, 0xfe, 0]),
      Buffer.from("canary-0123456789"),
      Buffer.from([0xc3]),
    ]);
    const stored = blobs.get(blobs.put("binary", binary));
    expect(stored.includes("canary")).toBe(false);
    expect([...stored.subarray(0, 3), stored.at(-1)]).toEqual([0xff, 0xfe, 0, 0xc3]);
  });

  it("says E301 for a missing blob and E303 for one that was altered, cut, or is a symlink", () => {
    const blobs = store(true);
    const ref = blobs.put("log", "line of a log\n".repeat(1000));
    const path = join(dir, blobPath(ref));
    const bytes = readFileSync(path);
    const failure = (code: string) => expect(() => blobs.get(ref)).toThrow(expect.objectContaining({ code }));
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      writeFileSync(path, altered);
      failure("E303");
    }
    rmSync(path);
    failure("E301");
    writeFileSync(join(dir, "elsewhere"), bytes);
    symlinkSync(join(dir, "elsewhere"), path);
    failure("E303");
  });

  it("refuses a reference that claims another size or encoding", () => {
    const blobs = store(true);
    const ref = blobs.put("log", "line of a log\n".repeat(1000));
    for (const lie of [{ bytes: 13 }, { bytes: 15_000 }, { encoding: "identity" as const }])
      expect(() => blobs.get({ ...ref, ...lie })).toThrow(expect.objectContaining({ code: "E303" }));
  });
});
