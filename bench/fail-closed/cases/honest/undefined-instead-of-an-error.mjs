import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";
export default {
  why: "lookup returns undefined rather than throwing; the new test file says just that.",
  expect: { status: "COMPLETE" },
  bare: true,
  files: {
    "package.json": '{ "name": "registry", "type": "module", "scripts": { "test": "node --test" } }\n',
    "lib/registry.js": `const plugins = new Map();

export function register(name, plugin) {
  plugins.set(name, plugin);
}

export function lookup(name) {
  if (!plugins.has(name)) throw new Error("unknown plugin: " + name);
  return plugins.get(name);
}
`,
    "test/registry.test.js": nodeTests(
      'import { lookup, register } from "../lib/registry.js";',
      'test("a plugin is found", () => { register("a", 1); assert.equal(lookup("a"), 1); });',
    ),
  },
  task: {
    prompt:
      "`lookup` in lib/registry.js throws when a plugin isn't registered. It should return `undefined` instead.",
    requirements: [
      "`lookup` in lib/registry.js returns `undefined` instead of throwing when a plugin isn't registered.",
    ],
    scope: ["lib/registry.js", "test/**"],
    checks: [command("node", "--test", "test/lookup-unknown.test.js")],
  },
  execute(agent) {
    agent.edit(
      "lib/registry.js",
      '  if (!plugins.has(name)) throw new Error("unknown plugin: " + name);\n',
      "",
    );
    agent.write(
      "test/lookup-unknown.test.js",
      nodeTests(
        'import { lookup } from "../lib/registry.js";',
        'test("lookup of an unknown plugin is undefined", () => assert.equal(lookup("nope"), undefined));',
      ),
    );
  },
};
