import { EMPTY_TEST, FIXED_SLUG, SAMPLE_FILES } from "../../lib/sample.mjs";

const crlf = (text) => text.replaceAll("\n", "\r\n");

export default {
  why: "Sources with the line ends of another system keep them.",
  expect: { status: "COMPLETE" },
  files: {
    "src/slug.js": crlf(SAMPLE_FILES["src/slug.js"]),
    "test/slug.test.js": crlf(SAMPLE_FILES["test/slug.test.js"]),
  },
  execute(agent) {
    agent.write("src/slug.js", crlf(FIXED_SLUG));
    agent.write("test/empty.test.js", crlf(EMPTY_TEST));
  },
  after: ({ read }) => (read("src/slug.js") === crlf(FIXED_SLUG) ? null : "the line ends differ"),
};
