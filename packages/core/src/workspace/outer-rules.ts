import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { splitNames } from "./entry-names.ts";
import { type Git, userGit } from "./git.ts";
import { withTempPath } from "./temp-name.ts";
import { findUserRepo } from "./user-repo.ts";

/** The user's ignore rules that lie outside the project's own files. */
export interface OuterRules {
  /** Begins to look for the rules, so that they are there when they are needed. */
  prepare(): void;
  /** @returns those of the paths that an outer rule ignores; a rule inside the project may still say otherwise */
  ignored(paths: readonly string[]): Promise<ReadonlySet<string>>;
}

interface Rules {
  /** Path of the project from the top of the user's work tree, empty or ending in `/`. */
  readonly prefix: string;
  /** Ignore files above the project, by the directory that they hold for. */
  readonly above: ReadonlyMap<string, string>;
  readonly infoExclude: string;
  readonly global: string;
}

/**
 * Copies the rules once and asks git about them in a directory of our own, so that neither the project's `.gitignore`
 * files nor its symlinks and submodules get in the way.
 */
export function createOuterRules(git: Git, projectDir: string, workDir: string): OuterRules {
  let rules: Promise<Rules | null> | null = null;

  return {
    prepare() {
      rules ??= collectRules(projectDir);
      // Whoever asks for them hears of a failure.
      rules.catch(() => {});
    },
    async ignored(paths) {
      if (paths.length === 0) return new Set();
      rules ??= collectRules(projectDir);
      const found = await rules;
      return found === null ? new Set() : askIgnored(git, workDir, found, paths);
    },
  };
}

async function collectRules(projectDir: string): Promise<Rules | null> {
  const repo = await findUserRepo({ projectDir });
  if (repo === null) return null;
  const top = resolve(projectDir, repo.prefix.replace(/[^/]+/g, ".."));
  const above = new Map<string, string>();
  const parts = repo.prefix.split("/").slice(0, -1);
  for (let n = 0; n < parts.length; n++) {
    const dir = parts.slice(0, n).join("/");
    const text = await readText(join(top, dir, ".gitignore"));
    if (text !== "") above.set(dir, text);
  }
  const answer = await userGit({ projectDir }, ["rev-parse", "--git-path", "info/exclude"]);
  const infoExclude = await readText(resolve(projectDir, answer.stdout.toString("utf8").trimEnd()));
  const set = await userGit({ projectDir }, ["config", "--type=path", "--get", "core.excludesFile"]);
  const config = process.env.XDG_CONFIG_HOME ?? join(process.env.HOME ?? "/", ".config");
  const globalPath = set.code === 0 ? set.stdout.toString("utf8").trimEnd() : join(config, "git", "ignore");
  const global = await readText(resolve(projectDir, globalPath));
  if (above.size === 0 && ![infoExclude, global].some(hasRule)) return null;
  return { prefix: repo.prefix, above, infoExclude, global };
}

/** What is not there, or not readable, has no rules. */
const readText = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "");

const hasRule = (text: string): boolean => /^\s*[^#\s]/m.test(text);

async function askIgnored(
  git: Git,
  workDir: string,
  rules: Rules,
  paths: readonly string[],
): Promise<Set<string>> {
  return withTempPath(workDir, "rules", async (dir) => {
    const tree = join(dir, "tree");
    await mkdir(tree, { recursive: true });
    for (const [at, text] of rules.above) {
      await mkdir(join(tree, at), { recursive: true });
      await writeFile(join(tree, at, ".gitignore"), text);
    }
    const global = join(dir, "global");
    // One file in git's order of precedence: what comes later decides.
    await writeFile(global, `${rules.global}\n${rules.infoExclude}\n`);
    const asked = paths.map((path) => `./${rules.prefix}${path}\0`).join("");
    const { stdout } = await git.read(
      ["-c", `core.excludesFile=${global}`, "check-ignore", "-z", "--stdin", "--no-index"],
      { workTree: tree, input: asked, ok: [0, 1] },
    );
    return new Set(splitNames(stdout).map((path) => path.slice(2 + rules.prefix.length)));
  });
}
