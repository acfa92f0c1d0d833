import { detectPythonTests } from "./detect-python-tests.ts";
import { readMakefile } from "./makefile.ts";
import { packageScripts } from "./package-scripts.ts";
import { parseQaCommand, type QaCommand } from "./qa-command.ts";
import type { Settings } from "./settings.ts";

export type { QaCommand } from "./qa-command.ts";

/** The base tree, as the snapshot store gives it. */
export interface TreeReader {
  readFile(path: string): Promise<string | null>;
  listFiles(): Promise<readonly string[]>;
}

const SCRIPTS = ["test", "lint", "typecheck"] as const;
const TEST_TARGET = /^(?:[^\s:#=]+[ \t]+)*test(?:[ \t]+[^\s:#=]+)*[ \t]*::?(?![=:])/m;

/**
 * How the project checks itself: `qa.commands` where set, else what the tree shows. A test entry that the project
 * declares (a script, a make target) is its own word and ends the search for one by language.
 */
export async function detectQa(settings: Settings, tree: TreeReader): Promise<QaCommand[]> {
  const configured = settings.qa.commands;
  if (configured) {
    return configured.map(parseQaCommand).filter((command): command is QaCommand => !("problem" in command));
  }
  const found = await fromScripts(tree);
  if (found.some(({ id }) => id === "npm test")) return found;
  if (await hasTestTarget(tree)) return [...found, command("make", "test")];
  return [...found, ...(await byLanguage(tree))];
}

async function fromScripts(tree: TreeReader): Promise<QaCommand[]> {
  const scripts = packageScripts(await tree.readFile("package.json"));
  return SCRIPTS.filter((name) => {
    const script = scripts.get(name) ?? "";
    return script.trim() !== "" && !script.includes("no test specified");
  }).map((name) => (name === "test" ? command("npm", "test") : command("npm", "run", name)));
}

async function hasTestTarget(tree: TreeReader): Promise<boolean> {
  return TEST_TARGET.test((await readMakefile((name) => tree.readFile(name))) ?? "");
}

async function byLanguage(tree: TreeReader): Promise<QaCommand[]> {
  const files = await tree.listFiles();
  const python = await detectPythonTests(tree, files);
  return [
    ...(python === null ? [] : [command(...python)]),
    ...(files.includes("Cargo.toml") ? [command("cargo", "test")] : []),
    // -v, because without it go names no test that passed.
    ...(files.includes("go.mod") ? [command("go", "test", "-v", "./...")] : []),
  ];
}

function command(first: string, ...rest: string[]): QaCommand {
  return { id: [first, ...rest].join(" "), argv: [first, ...rest] };
}
