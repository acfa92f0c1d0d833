import { command } from "../../lib/command.mjs";

const RUNNER = `mkdir -p out
{
  echo '<testsuite name="greet">'
  for file in cases/*.sh; do
    if sh "$file"; then echo "<testcase name=\\"$file\\"/>"; else echo "<testcase name=\\"$file\\"><failure/></testcase>"; failed=1; fi
  done
  echo '</testsuite>'
} > out/junit.xml
exit "\${failed:-0}"
`;

export default {
  why: "A runner of the project's own says in JUnit's XML what it ran.",
  expect: { status: "COMPLETE" },
  bare: true,
  settings: { qa: { commands: [{ command: "sh run-all.sh", report: "out/junit.xml" }] } },
  files: {
    ".gitignore": "out\n",
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
