/** Which files of the base a QA command starts by way of scripts: those of package.json files, or a Makefile's. */
import { posix } from "node:path";
import type { TreeId } from "../evidence/change.ts";
import type { TaskContext } from "./task-context.ts";

/** What names stand for, in one folder: a script of package.json, or a target with what it needs. */
export interface BaseScripts {
  readonly dir: string;
  readonly texts: Readonly<Record<string, string>>;
  /** Whether every word may be a file that is executed, or only those behind an interpreter: rules name sources, too. */
  readonly wordsAreFiles: boolean;
}

/** A monorepo of more packages than that names its checking scripts at the root. */
const MAX_PACKAGES = 64;
const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"];

/** Reads them from the base: what agents wrote into their place counts for nothing. */
export async function baseScripts(ctx: TaskContext, base: TreeId): Promise<readonly BaseScripts[]> {
  const read = async (path: string) => (await ctx.store.readFile(base, path))?.toString("utf8") ?? "";
  const files = await ctx.store.listFiles(base);
  const manifests = files.filter((path) => posix.basename(path) === "package.json").slice(0, MAX_PACKAGES);
  const packages = manifests.map(async (path) => {
    return { dir: posix.dirname(path), texts: scriptsOf(await read(path)), wordsAreFiles: true };
  });
  const makefile = MAKEFILES.find((name) => files.includes(name));
  const rules = makefile === undefined ? {} : rulesOf(await read(makefile));
  return [...(await Promise.all(packages)), { dir: ".", texts: rules, wordsAreFiles: false }];
}

function scriptsOf(text: string): Record<string, string> {
  try {
    const { scripts } = JSON.parse(text) as { scripts?: Record<string, unknown> };
    const entries = Object.entries(scripts ?? {});
    return Object.fromEntries(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  } catch {
    return {};
  }
}

/** Targets of a Makefile, each with what it depends on and its recipe. */
function rulesOf(text: string): Record<string, string> {
  const rules: Record<string, string> = {};
  let targets: string[] = [];
  for (const line of text.split("\n")) {
    const head = /^([^\s#:=][^:=]*):(?!=)(.*)$/.exec(line);
    if (head) targets = (head[1] ?? "").trim().split(/\s+/);
    const more = head ? head[2] : line.startsWith("\t") ? line : null;
    if (more !== null) for (const target of targets) rules[target] = `${rules[target] ?? ""}\n${more}`;
  }
  return rules;
}

const NAMES_SCRIPTS = /^(?:npm|pnpm|yarn|bun|g?make)$/;
const STARTED = /(?:^|[\s;&|(@])(?:(?:ba|da|z|k)?sh|node|python[\d.]*|perl|ruby|\.)[\s/]+([\w./-]+)/g;

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
      const text = [`pre${name}`, name, `post${name}`].map((script) => texts[script] ?? "").join("\n");
      const words = wordsOf(text);
      names.push(...words);
      const files = wordsAreFiles ? words : [...text.matchAll(STARTED)].map(([, file]) => file ?? "");
      for (const file of files) paths.add(posix.join(dir, posix.normalize(file)));
    }
  }
  return paths;
}

const wordsOf = (text: string): string[] => text.split(/[\s"'`;&|()=:,@]+/).filter((word) => word !== "");
