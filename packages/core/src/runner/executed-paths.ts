/** Which files of the base a QA command starts by way of scripts: those of package.json files, or a Makefile's. */
import { posix } from "node:path";
import type { TreeId } from "../evidence/change.ts";
import { isInterpreter } from "../gates/check-code.ts";
import { readMakefile } from "../project/makefile.ts";
import { packageScripts } from "../project/package-scripts.ts";
import type { TaskContext } from "./task-context.ts";

/** What names stand for, in one folder: a script of package.json, or a target with what it needs. */
export interface BaseScripts {
  readonly dir: string;
  readonly texts: ReadonlyMap<string, string>;
  /** Whether every word may be a file that is executed, or only those behind an interpreter: rules name sources, too. */
  readonly wordsAreFiles: boolean;
}

/** A monorepo of more packages than that names its checking scripts at the root. */
const MAX_PACKAGES = 64;

/** Reads them from the base: what agents wrote into their place counts for nothing. */
export async function baseScripts(ctx: TaskContext, base: TreeId): Promise<readonly BaseScripts[]> {
  const read = async (path: string) => (await ctx.store.readFile(base, path))?.toString("utf8") ?? null;
  const files = await ctx.store.listFiles(base);
  const manifests = files.filter((path) => posix.basename(path) === "package.json").slice(0, MAX_PACKAGES);
  const packages = manifests.map(async (path) => {
    return { dir: posix.dirname(path), texts: packageScripts(await read(path)), wordsAreFiles: true };
  });
  const rules = rulesOf(
    (await readMakefile(async (name) => (files.includes(name) ? read(name) : null))) ?? "",
  );
  return [...(await Promise.all(packages)), { dir: ".", texts: rules, wordsAreFiles: false }];
}

/** Targets of a Makefile, each with what it depends on and its recipe. */
function rulesOf(text: string): ReadonlyMap<string, string> {
  const rules = new Map<string, string>();
  let targets: string[] = [];
  for (const line of text.split("\n")) {
    const head = /^([^\s#:=][^:=]*):(?!=)(.*)$/.exec(line);
    if (head) targets = (head[1] ?? "").trim().split(/\s+/);
    const more = head ? head[2] : line.startsWith("\t") ? line : null;
    if (more !== null) for (const target of targets) rules.set(target, `${rules.get(target) ?? ""}\n${more}`);
  }
  return rules;
}

const NAMES_SCRIPTS = /^(?:npm|pnpm|yarn|bun|g?make)$/;

/**
 * Paths of files that may be executed: words of the command, of the scripts that it names, and of scripts that these name in
 * turn, in whatever package.
 */
export function executedPaths(argv: readonly string[], scripts: readonly BaseScripts[]): ReadonlySet<string> {
  const paths = new Set(argv.map((word) => posix.normalize(word)));
  if (!NAMES_SCRIPTS.test(posix.basename(argv[0] ?? ""))) return paths;
  const reached = new Set<string>();
  const names = [...argv.slice(1)];
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const { dir, texts, wordsAreFiles } of scripts) {
      const text = [`pre${name}`, name, `post${name}`].map((script) => texts.get(script) ?? "").join("\n");
      const words = wordsOf(text);
      names.push(...words);
      const files = wordsAreFiles ? words : words.filter((word, index) => isStarted(word, words[index - 1]));
      for (const file of files) paths.add(posix.join(dir, posix.normalize(file)));
    }
  }
  return paths;
}

/** `./x`, and what an interpreter or the shell's `.` is given. */
const isStarted = (word: string, before = "") =>
  word.startsWith("./") || before === "." || isInterpreter(before);

const wordsOf = (text: string): string[] => text.split(/[\s"'`;&|()=:,@]+/).filter((word) => word !== "");
