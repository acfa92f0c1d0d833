import type { PackageScripts } from "../project/package-scripts.ts";
import { splitWords } from "../project/split-words.ts";
import { programName, type StartedRunner, type TestAdapter } from "./adapter.ts";
import { TEST_ADAPTERS } from "./test-adapters.ts";

/** The one test runner that a command starts. */
export interface FoundRunner extends StartedRunner {
  readonly adapter: TestAdapter;
  /** Words between the command and arguments for the runner; null where it is not at the command's end, so none arrive. */
  readonly before: readonly string[] | null;
}

const DEEPEST = 5;
const ASSIGNMENT = /^([A-Za-z_]\w*)=/;
/** They run the command behind them and pass on what stands at its end. */
const LAUNCHERS = new Set(
  "npx pnpm pnpx yarn bunx exec run cross-env env node c8 nyc uv poetry pipenv coverage time".split(" "),
);

/**
 * Finds the test runner behind a command, through the scripts of package.json where it calls one.
 * @param scripts of the package.json beside which the command runs.
 * @returns null where there is none, where there are several, or where a shell is needed to tell.
 */
export function findRunner(argv: readonly string[], scripts: PackageScripts): FoundRunner | null {
  const found = runnersOf(argv, scripts, DEEPEST);
  return found?.length === 1 ? (found[0] ?? null) : null;
}

/** All runners that a command starts; null where nobody can tell. */
function runnersOf(words: readonly string[], scripts: PackageScripts, depth: number): FoundRunner[] | null {
  const call = scriptCall(words);
  const script = call === null ? undefined : scripts.get(call.name);
  if (call !== null && script !== undefined)
    return depth === 0 ? null : runnersOfScript(script, call, scripts, depth - 1);
  const started = startedBy(words);
  return started === null ? [] : [started];
}

interface ScriptCall {
  readonly name: string;
  /** What the manager needs before arguments that are meant for the script. */
  readonly separator: readonly string[];
  readonly args: readonly string[];
}

function runnersOfScript(
  script: string,
  call: ScriptCall,
  scripts: PackageScripts,
  depth: number,
): FoundRunner[] | null {
  const parts = script.split("&&");
  const found: FoundRunner[] = [];
  for (const [index, part] of parts.entries()) {
    const words = wordsOf(part);
    if (words === null) return null;
    const isLast = index === parts.length - 1;
    const inner = runnersOf(isLast ? [...words, ...call.args] : words, scripts, depth);
    if (inner === null) return null;
    for (const runner of inner) {
      const before = isLast && runner.before !== null ? [...call.separator, ...runner.before] : null;
      found.push({ ...runner, before });
    }
  }
  return found;
}

/** A part of a script as words, its variables first; null where it is more than one plain command. */
function wordsOf(part: string): string[] | null {
  const variables: string[] = [];
  let rest = part.trim();
  for (
    let match = /^([A-Za-z_]\w*=[^\s'"$`]*)\s+/.exec(rest);
    match;
    match = /^([A-Za-z_]\w*=[^\s'"$`]*)\s+/.exec(rest)
  ) {
    variables.push(match[1] ?? "");
    rest = rest.slice(match[0].length);
  }
  const split = splitWords(rest);
  return "problem" in split ? null : [...variables, ...split.words];
}

/** `npm test`, `pnpm run x`, `yarn x`, with the arguments for the script. */
function scriptCall(words: readonly string[]): ScriptCall | null {
  const manager = programName(words[0] ?? "");
  if (!/^(?:npm|pnpm|yarn|bun)$/.test(manager)) return null;
  const flags = words.slice(1).findIndex((word) => !/^(?:-s|--silent|--quiet)$/.test(word));
  const rest = flags === -1 ? [] : words.slice(1 + flags);
  const [verb = "", next = ""] = rest;
  const isRun = verb === "run" || verb === "run-script";
  const name = isRun ? next : verb === "t" || verb === "tst" ? "test" : verb;
  if (name === "" || name.startsWith("-")) return null;
  // npm and bun have commands of their own; only `test` and `start` need no `run`.
  if (!isRun && (manager === "npm" || manager === "bun") && name !== "test") return null;
  const given = rest.slice(isRun ? 2 : 1);
  const dashes = given.indexOf("--");
  if (manager !== "npm") return { name, separator: [], args: given };
  // Options before the dashes are npm's own: with a workspace, say, another package.json counts.
  if (dashes === -1 && given.some((word) => word.startsWith("-"))) return null;
  if (dashes > 0) return null;
  return dashes === 0
    ? { name, separator: [], args: given.slice(1) }
    : { name, separator: ["--"], args: given };
}

/** The runner that plain words start, behind variables and launchers. */
function startedBy(words: readonly string[]): FoundRunner | null {
  const variables: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const rest = words.slice(at);
    for (const adapter of TEST_ADAPTERS) {
      const length = adapter.starts(rest);
      if (length > 0)
        return {
          adapter,
          flags: rest.slice(1, length),
          args: rest.slice(length),
          variables,
          before: [],
        };
    }
    const word = words[at] ?? "";
    const assigned = ASSIGNMENT.exec(word)?.[1];
    if (assigned !== undefined) variables.push(assigned);
    else if (!LAUNCHERS.has(word.slice(word.lastIndexOf("/") + 1)) && !word.startsWith("-")) return null;
  }
  return null;
}
