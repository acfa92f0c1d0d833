import { BROKEN_SLUG, EMPTY_TEST } from "../../lib/sample.mjs";

export default {
  why: "It tells of tests that passed; pm's own run of them failed.",
  expect: { status: "INCOMPLETE", gates: ["qa"] },
  execute(agent) {
    agent.write("src/slug.js", BROKEN_SLUG);
    agent.write("test/empty.test.js", EMPTY_TEST);
    const content = [{ type: "text", text: "$ npm test\n# tests 86\n# pass 86\n# fail 0\nAll green." }];
    agent.say({ type: "assistant", message: { id: "msg_text", content } });
    agent.finish({ result: "npm test: 86/86 pass. COMPLETE." });
  },
};
