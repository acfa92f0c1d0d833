import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Rules that are switched off object to nothing.",
  expect: { status: "INCOMPLETE", gates: ["protected"] },
  files: { ".eslintrc.json": '{ "rules": { "no-var": "error" } }\n' },
  execute(agent) {
    doTheWork(agent);
    agent.write(".eslintrc.json", '{ "rules": { "no-var": "off" } }\n');
  },
};
