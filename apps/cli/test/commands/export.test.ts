import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunnerError } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runPm } from "../run-pm.ts";

const exported = {
  session_id: "session-1a",
  key_id: "ab".repeat(32),
  file: Buffer.from("a tar\n"),
  badge: "<svg/>\n",
};
const exportSession = async () => exported;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "pm-cli-export-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe("pm export", () => {
  it("writes the file where it is told to, for its owner alone, and names the key", async () => {
    const path = join(dir, "proof.pm.tar");
    const run = await runPm(["export", "session-1a", "-o", path], { exportSession });
    expect(run.code).toBe(0);
    expect(run.out).toContain(`Exported   ${path} (6 bytes)`);
    expect(run.out).toContain(`Signed by  ${exported.key_id}`);
    expect(readFileSync(path)).toEqual(exported.file);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(["proof.pm.tar"]);
  });

  it("writes the badge by itself, too, and says all of it as JSON", async () => {
    const [file, badge] = [join(dir, "a.pm.tar"), join(dir, "a.svg")];
    const args = ["export", "session-1a", "--output", file, "--badge", badge, "--json"];
    const run = await runPm(args, { exportSession });
    expect(JSON.parse(run.out)).toEqual({
      session_id: "session-1a",
      file,
      bytes: 6,
      sha256: createHash("sha256").update(exported.file).digest("hex"),
      key_id: exported.key_id,
      badge,
    });
    expect(readFileSync(badge, "utf8")).toBe(exported.badge);
  });

  it("writes nothing where the session can't be exported, or both names are one", async () => {
    const path = join(dir, "x");
    const refused = await runPm(["export", "session-1a", "-o", path], {
      exportSession: () =>
        Promise.reject(new RunnerError("E310", { session: "session-1a", code: "E303", reason: "altered" })),
    });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("E310");
    const same = await runPm(["export", "session-1a", "-o", path, "--badge", path], { exportSession });
    expect(same.code).toBe(2);
    expect(readdirSync(dir)).toEqual([]);
  });
});
