import { command } from "../../lib/command.mjs";

/** A test as a script of its own. @param {string} name @param {string} given @param {string} wanted */
const test = (name, given, wanted) =>
  `got=$(sh greet.sh ${given})\nif [ "$got" = "${wanted}" ]; then echo "PASS: ${name}"; else echo "FAIL: ${name}: $got"; exit 1; fi\n`;

export default {
  why: "Shell scripts with tests that no runner runs: they print PASS and FAIL, as people do.",
  expect: { status: "COMPLETE" },
  tools: ["make"],
  bare: true,
  files: {
    Makefile: "test:\n\t@set -e; for test in tests/*.sh; do sh $$test; done\n",
    "greet.sh": 'echo "Hello, $1!"\n',
    "tests/name.sh": test("greets by name", "Ada", "Hello, Ada!"),
  },
  task: {
    prompt: "greet.sh without a name should greet the world.",
    scope: ["greet.sh", "tests/**"],
    checks: [command("sh", "tests/world.sh")],
  },
  execute(agent) {
    agent.write("greet.sh", '[ "$1" ] || set -- world\necho "Hello, $1!"\n');
    agent.write("tests/world.sh", test("greets the world", "", "Hello, world!"));
  },
};
