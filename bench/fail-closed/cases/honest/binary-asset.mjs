import { readFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../lib/command.mjs";

const OLD = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]);
const NEW = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 254, 10, 13, 0]);

export default {
  why: "Bytes that are no text arrive as they are.",
  expect: { status: "COMPLETE" },
  files: { "assets/logo.png": OLD },
  task: {
    prompt: "Replace assets/logo.png by the new one of ten bytes.",
    scope: ["assets/**"],
    checks: [
      command(
        "node",
        "-e",
        "process.exit(require('node:fs').statSync('assets/logo.png').size === 10 ? 0 : 1)",
      ),
    ],
  },
  execute: (agent) => agent.write("assets/logo.png", NEW),
  after: ({ project }) =>
    readFileSync(join(project, "assets/logo.png")).equals(NEW) ? null : "the bytes differ",
};
