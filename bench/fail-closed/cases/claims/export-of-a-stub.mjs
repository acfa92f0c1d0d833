import { command } from "../../lib/command.mjs";

export default {
  why: "A stub is exported, and the only check looks whether it is there: that is not what was asked for alone.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  files: { "src/index.js": 'export { slug } from "./slug.js";\n' },
  task: {
    prompt: "Add count(text), which counts words, in src/count.js, and export it from src/index.js.",
    scope: ["src/**"],
    checks: [
      command("node", "-e", "import('./src/index.js').then((all) => process.exit(all.count ? 0 : 1))"),
    ],
  },
  execute(agent) {
    agent.write("src/count.js", "export function count(text) {\n  return 0;\n}\n");
    agent.edit("src/index.js", "export {", 'export { count } from "./count.js";\nexport {');
  },
};
