import { command } from "../../lib/command.mjs";

const RUN = `n=0
for f in t/*.t; do
  n=$((n + 1))
  if sh "$f" >/dev/null 2>&1; then echo "ok $n - $f"; else echo "not ok $n - $f"; bad=1; fi
done
echo "1..$n"
exit "\${bad:-0}"
`;
export default {
  why: "Make with TAP; the base's tests lie in t/, as is the custom, and one was bent.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  bare: true,
  tools: ["make"],
  files: {
    Makefile: "test:\n\t@sh tools/tap.sh\n",
    "tools/tap.sh": RUN,
    "greet.sh": 'echo "hello $1"\n',
    "t/name.t": '[ "$(sh greet.sh Ada)" = "hello Ada" ]\n',
  },
  task: {
    prompt: "Let greet.sh greet the world where no name is given.",
    scope: ["greet.sh", "t/**"],
    checks: [command("sh", "t/nobody.t")],
  },
  execute(agent) {
    agent.write("greet.sh", '[ -n "$1" ] && echo "Hi $1" || echo "hello world"\n');
    agent.write("t/nobody.t", '[ "$(sh greet.sh)" = "hello world" ]\n');
    agent.write("t/name.t", '[ -n "$(sh greet.sh Ada)" ]\n');
  },
};
