import { answerOf } from "../../lib/run-pm.mjs";
import { doTheWork } from "../../lib/sample.mjs";

const STRICT = `import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "../src/slug.js";

test("an empty text is refused", () => assert.throws(() => slug("")));
`;

export default {
  why: "Each side is fine alone; together they fail, and QA runs again on what would land.",
  expect: { status: "INCOMPLETE" },
  touches: true,
  async execute(agent) {
    doTheWork(agent);
    await agent.wait(600);
  },
  async act(session) {
    const run = session.begin();
    await session.executing(run);
    session.write("test/strict.test.js", STRICT);
    return answerOf(await run.ended);
  },
  after: ({ read }) => (read("src/slug.js").includes("throw") ? null : "the result came into the project"),
};
