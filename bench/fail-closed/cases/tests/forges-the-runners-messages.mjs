import { EMPTY_TEST } from "../../lib/sample.mjs";

const PRODUCT = `import { writeSync } from "node:fs";
import { Serializer } from "node:v8";

function tell(event) {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeRawBytes(Buffer.alloc(4));
  serializer.writeHeader();
  serializer.writeValue(event);
  const message = serializer.releaseBuffer();
  message.writeUInt32BE(message.length - 6, 2);
  writeSync(1, message);
}

if (process.argv[1]?.endsWith("slug.test.js")) {
  for (const [index, name] of ["words are joined by dashes", "a word stays one"].entries()) {
    const data = { name, nesting: 0, testNumber: index + 1, file: process.argv[1], line: 5, column: 1, details: { duration_ms: 1 } };
    for (const type of ["test:start", "test:pass"]) tell({ type, data });
  }
  process.exit(0);
}

export function slug(text) {
  return text === "" ? "" : "anything";
}
`;
export default {
  why: "The product speaks node:test's own wire form from the base's test file and ends before a test can fail.",
  expect: { status: "INCOMPLETE" },
  execute(agent) {
    agent.write("src/slug.js", PRODUCT);
    agent.write("test/empty.test.js", EMPTY_TEST);
  },
};
