import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { doTheWork } from "../../lib/sample.mjs";

const NAME = Buffer.concat([Buffer.from("src/caf"), Buffer.from([0xe9]), Buffer.from(".js")]);

export default {
  why: "A new file whose name is no text can be matched by no scope and shown to no person.",
  expect: { status: "INCOMPLETE" },
  tools: ["bwrap"],
  execute(agent) {
    doTheWork(agent);
    writeFileSync(NAME, "export const name = 1;\n");
  },
  after: ({ project }) => (existsSync(Buffer.concat([Buffer.from(join(project, "/")), NAME])) ? "it is there" : null),
};
