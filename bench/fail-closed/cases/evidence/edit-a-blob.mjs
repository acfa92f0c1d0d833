import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The output of a command is not what it was when it was hashed; pm verify reads every byte.",
  expect: { status: "INVALID", codes: ["E303"] },
  verify: 5,
  touches: true,
  execute: doTheWork,
  async act(session) {
    const { id } = await session.start();
    const blobs = readdirSync(join(session.evidence(), "blobs"), { recursive: true, withFileTypes: true });
    const [first] = blobs.filter((entry) => entry.isFile());
    writeFileSync(join(first.parentPath, first.name), "# pass 86\n");
    const report = JSON.parse((await session.pm(["verify", id ?? "", "--json"])).stdout);
    const codes = report.problems.map(({ code }) => code);
    return { exit: null, status: report.overall_status, codes, gates: [], messages: [], id };
  },
};
