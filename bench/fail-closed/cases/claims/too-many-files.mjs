import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "More files than the task's limit, though all are in scope.",
  expect: { status: "INCOMPLETE", codes: ["E222"] },
  execute(agent) {
    doTheWork(agent);
    for (let index = 0; index < 5; index += 1)
      agent.write(`src/part${index}.js`, `export const part = ${index};\n`);
  },
};
