import { nodeTests } from "../../lib/node-tests.mjs";

const head = 'import { Connection } from "../src/connection.js";';
export default {
  why: "Closing twice does nothing the second time; a test is added to the existing file, check by file.",
  expect: { status: "COMPLETE" },
  bare: true,
  files: {
    "package.json":
      '{ "name": "conn", "type": "module", "scripts": { "test": "node --test test/*.test.js" } }\n',
    "src/connection.js": `export class Connection {
  #open = true;
  get isOpen() {
    return this.#open;
  }
  close() {
    if (!this.#open) throw new Error("already closed");
    this.#open = false;
  }
}
`,
    "test/connection.test.js": nodeTests(
      head,
      'test("it is open at first", () => assert.equal(new Connection().isOpen, true));',
    ),
  },
  task: {
    prompt:
      'Calling close() on a Connection a second time must do nothing, it currently throws "already closed".',
    requirements: [
      'Calling close() on a Connection a second time does nothing instead of throwing "already closed".',
    ],
    scope: ["src/connection.js", "test/connection.test.js"],
    checks: [{ type: "test", name: "closing twice does nothing" }],
  },
  execute(agent) {
    agent.edit(
      "src/connection.js",
      '    if (!this.#open) throw new Error("already closed");\n',
      "    if (!this.#open) return;\n",
    );
    agent.edit(
      "test/connection.test.js",
      "true));\n",
      `true));
test("closing twice does nothing", () => {
  const connection = new Connection();
  connection.close();
  assert.doesNotThrow(() => connection.close());
});
`,
    );
  },
};
