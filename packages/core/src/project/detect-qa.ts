import * as z from "zod";
import { detectPythonTests } from "./detect-python-tests.ts";
import { parseQaCommand, type QaCommand } from "./qa-command.ts";
import type { Settings } from "./settings.ts";

export type { QaCommand } from "./qa-command.ts";

/** The base tree, as the snapshot store gives it. */
export interface TreeReader {
  readFile(path: string): Promise<string | null>;
  listFiles(): Promise<readonly string[]>;
}

const SCRIPTS = ["test", "lint", "typecheck"] as const;
const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"];
const TEST_TARGET = /^(?:[^\s:#=]+[ \t]+)*test(?:[ \t]+[^\s:#=]+)*[ \t]*::?(?![=:])/m;
const manifestSchema = z.object({ scripts: z.record(z.string(), z.unknown()) });

/**
 * How the project checks itself: `qa.commands` where set, else what the tree shows. A test entry that the project
 * declares (a script, a make target) is its own word and ends the search for one by language.
 */
export async function detectQa(settings: Settings, tree: TreeReader): Promise<QaCommand[]> {
  const configured = settings.qa.commands;
  if (configured) {
    return configured.map(parseQaCommand).filter((command): command is QaCommand => !("problem" in command));
  }
  const found = await packageScripts(tree);
  if (found.some(({ id }) => id === "npm test")) return found;
  if (await hasTestTarget(tree)) return [...found, command("make", "test")];
  return [...found, ...(await byLanguage(tree))];
}

async function packageScripts(tree: TreeReader): Promise<QaCommand[]> {
  const text = await tree.readFile("package.json");
  const manifest = manifestSchema.safeParse(text === null ? null : jsonOrNull(text));
  if (!manifest.success) return [];
  return SCRIPTS.filter((name) => {
    const script = manifest.data.scripts[name];
    return typeof script === "string" && script.trim() !== "" && !script.includes("no test specified");
  }).map((name) => (name === "test" ? command("npm", "test") : command("npm", "run", name)));
}

async function hasTestTarget(tree: TreeReader): Promise<boolean> {
  for (const name of MAKEFILES) {
    const text = await tree.readFile(name);
    // Like make: the first of the names counts.
    if (text !== null) return TEST_TARGET.test(text);
  }
  return false;
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

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
