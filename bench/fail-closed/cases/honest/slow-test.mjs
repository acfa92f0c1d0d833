import { EMPTY_TEST, FIXED_SLUG } from "../../lib/sample.mjs";

export default {
  why: "A test that takes its time is no test that hangs.",
  expect: { status: "COMPLETE" },
  execute(agent) {
    agent.write("src/slug.js", FIXED_SLUG);
    agent.write(
      "test/empty.test.js",
      EMPTY_TEST.replace(
        "() => assert",
        "async () => {\n  await new Promise((resolve) => setTimeout(resolve, 1_200));\n  assert",
      ).replace('""));', '"");\n});'),
    );
  },
};
