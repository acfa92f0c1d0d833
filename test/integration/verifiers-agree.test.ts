/** That the suites would notice if the independent verifiers said something else than `pm verify`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { verifiersDisagree } from "../../bench/support/verifiers-agree.mjs";

const folder = mkdtempSync(join(tmpdir(), "pm-agree-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Says what it is told to, and exports a file that proves nothing. */
const lying = (codes: { verify: number; export: number }) => async (args: string[]) => {
  const [command = "", , , file = ""] = args;
  if (command === "export" && codes.export === 0) writeFileSync(file, "no tar at all");
  return { code: command === "export" ? codes.export : codes.verify, stdout: "VERIFIED", stderr: "" };
};

const disagree = (codes: { verify: number; export: number }) =>
  verifiersDisagree({
    ...{ pm: lying(codes), folder, id: "session-1", at: 0.5 },
    verified: { code: codes.verify, stdout: JSON.stringify({ overall_status: "COMPLETE" }) },
  });

describe("the comparison of verifiers", () => {
  it("notices a pm verify that accepts everything", async () => {
    const found = await disagree({ verify: 0, export: 0 });
    expect(found.at(0)).toMatch(/^pm verify: COMPLETE; tools\/verify\.mjs: REFUSED/);
    expect(found.at(-1)).toMatch(/^with a byte changed at 0\.5, pm verify/);
    const hasPython = spawnSync("python3", ["--version"]).status === 0;
    if (hasPython) expect(found.at(1)).toMatch(/^pm verify: COMPLETE; tools\/verify\.py: REFUSED/);
  });

  it("notices an export of what pm verify refuses, and none of what it accepts", async () => {
    expect(await disagree({ verify: 5, export: 0 })).toHaveLength(1);
    expect(await disagree({ verify: 0, export: 1 })).toHaveLength(1);
    expect(await disagree({ verify: 5, export: 1 })).toEqual([]);
  });
});
