import { command } from "../../lib/command.mjs";

const RUNNER = `count=0
for file in cases/*.sh; do
  count=$((count + 1))
  if sh "$file" >/dev/null 2>&1; then echo "ok $count - $file"; else echo "not ok $count - $file"; failed=1; fi
done
echo "1..$count"
exit "\${failed:-0}"
`;

export default {
  why: "A shell script that prints TAP is a test runner.",
  expect: { status: "COMPLETE" },
  bare: true,
  settings: { qa: { commands: ["sh run-all.sh"] } },
  files: {
    "run-all.sh": RUNNER,
    "greet.sh": 'echo "hello $1"\n',
    "cases/name.sh": '[ "$(sh greet.sh Ada)" = "hello Ada" ]\n',
  },
  task: {
    prompt: "Let greet.sh greet the world where no name is given.",
    scope: ["greet.sh", "cases/**"],
    checks: [command("sh", "cases/nobody.sh")],
  },
  execute(agent) {
    agent.write("greet.sh", '[ -n "$1" ] || set -- world\necho "hello $1"\n');
    agent.write("cases/nobody.sh", '[ "$(sh greet.sh)" = "hello world" ]\n');
  },
};
