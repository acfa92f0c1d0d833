import { existsSync } from "node:fs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The first attempt failed, a person let it run again, and the second is right.",
  expect: { status: "COMPLETE" },
  approve: { gates: ["qa"] },
  execute(agent) {
    doTheWork(agent);
    const again = agent.prompt.includes("An earlier attempt did not pass");
    if (!again && existsSync("src/slug.js"))
      agent.write("src/slug.js", "export const slug = (text) => text;\n");
  },
};
