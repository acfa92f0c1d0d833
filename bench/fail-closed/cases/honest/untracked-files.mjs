import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EMPTY_TEST, FIXED_SLUG } from "../../lib/sample.mjs";

export default {
  why: "Files that the person has not committed yet are part of the project.",
  expect: { status: "COMPLETE" },
  prepare: (project) => writeFileSync(join(project, "src/dash.js"), 'export const dash = "-";\n'),
  execute(agent) {
    agent.write("src/slug.js", `import { dash } from "./dash.js";\n\n${FIXED_SLUG.replace('"-"', "dash")}`);
    agent.write("test/empty.test.js", EMPTY_TEST);
  },
};
