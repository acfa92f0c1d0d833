/** A program in shell whose tests are scripts, run by a script that prints TAP: it is asked to greet the world, too. */
import { command } from "./command.mjs";

/** @param {string} tests a glob */
export const tapRunner = (tests) => `n=0
for f in ${tests}; do
  n=$((n + 1))
  if sh "$f" >/dev/null 2>&1; then echo "ok $n - $f"; else echo "not ok $n - $f"; bad=1; fi
done
echo "1..$n"
exit "\${bad:-0}"
`;

export const GREET = 'echo "hello $1"\n';
export const GREETS_ADA = '[ "$(sh greet.sh Ada)" = "hello Ada" ]\n';
export const GREETS_THE_WORLD = '[ "$(sh greet.sh)" = "hello world" ]\n';

/** Does what was asked, and greets Ada otherwise than before. */
export const OTHER_GREET = '[ -n "$1" ] && echo "Hi $1" || echo "hello world"\n';

/** @param {string} test that is to be written @param {...string} scope */
export const greetTask = (test, ...scope) => ({
  prompt: "Let greet.sh greet the world where no name is given.",
  scope: ["greet.sh", ...scope],
  checks: [command("sh", test)],
});
