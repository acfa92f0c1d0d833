import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTar, writeTar } from "../../src/attestation/tar.ts";

const member = fc.record({
  name: fc.stringMatching(/^[a-z0-9][a-z0-9./]{0,99}$/),
  content: fc.uint8Array({ maxLength: 1200 }).map((bytes) => Buffer.from(bytes)),
});

describe("an export's tar", () => {
  it("gives back what was put in", () => {
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 4 }), (members) => {
        expect(readTar(writeTar("session-a", members))).toEqual({ folder: "session-a", members });
      }),
    );
  });

  it("is one that the system's tar unpacks", () => {
    const dir = mkdtempSync(join(tmpdir(), "pm-tar-"));
    const content = Buffer.from("binary \0 and text\n");
    const name = `blobs/sha256/ab/${"ab".repeat(32)}`;
    writeFileSync(join(dir, "x.tar"), writeTar(`session-${"a".repeat(40)}`, [{ name, content }]));
    execFileSync("tar", ["xf", "x.tar"], { cwd: dir });
    expect(readFileSync(join(dir, `session-${"a".repeat(40)}`, name))).toEqual(content);
    rmSync(dir, { recursive: true });
  });

  it("is refused after any change outside the contents, after a cut and with more behind it", () => {
    const file = writeTar("session-a", [
      { name: "one", content: Buffer.from("1") },
      { name: "two", content: Buffer.alloc(0) },
    ]);
    const content = 512;
    for (let at = 0; at < file.length; at += 1) {
      if (at === content) continue;
      const altered = Buffer.from(file);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(readTar(altered), `byte ${at}`).toBeNull();
    }
    expect(readTar(file.subarray(0, file.length - 1))).toBeNull();
    expect(readTar(file.subarray(0, file.length - 512))).toBeNull();
    expect(readTar(Buffer.concat([file, Buffer.alloc(512)]))).toBeNull();
    expect(readTar(Buffer.alloc(0))).toBeNull();
  });

  it("refuses a name that a header can't hold", () => {
    expect(() => writeTar("session-a", [{ name: "x".repeat(101), content: Buffer.alloc(0) }])).toThrow(
      RangeError,
    );
  });
});
