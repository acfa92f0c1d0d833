import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A waiver is for the result that was seen: what comes after another edit of the person's is another result.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  withoutSandbox: { status: "INCOMPLETE" },
  touches: true,
  execute(agent) {
    doTheWork(agent);
    agent.edit("test/slug.test.js", 'test("a word', 'test.skip("a word');
  },
  async act(session) {
    const first = await session.start();
    if (!first.gates.includes("tests")) throw new Error(first.messages.join("; "));
    await session.pm(["approve", first.id ?? ""]);
    session.write("README.md", "# Sample, edited by a person\n");
    return session.ask("continue", first.id ?? "");
  },
  after: ({ read }) =>
    read("test/slug.test.js").includes("skip") ? "the skipped test came into the project" : null,
};
