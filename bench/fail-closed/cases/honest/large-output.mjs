import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "An executor may talk much, as long as every line can be read.",
  expect: { status: "COMPLETE" },
  execute(agent) {
    doTheWork(agent);
    for (let line = 0; line < 2_000; line += 1)
      agent.say({
        type: "assistant",
        message: { id: `m${line}`, content: [{ type: "text", text: "x".repeat(500) }] },
      });
  },
};
