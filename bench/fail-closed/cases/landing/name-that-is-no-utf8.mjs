import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { doTheWork } from "../../lib/sample.mjs";

const NAME = Buffer.concat([Buffer.from("src/caf"), Buffer.from([0xe9]), Buffer.from(".js")]);

export default {
  why: "A new file whose name is no text can be shown to no person, so nothing of the result is taken.",
  expect: { status: "ERROR", codes: ["E120"] },
  execute(agent) {
    doTheWork(agent);
    writeFileSync(NAME, "export const name = 1;\n");
  },
  after: ({ project }) =>
    existsSync(Buffer.concat([Buffer.from(join(project, "/")), NAME])) ? "it is there" : null,
};
