import { wildcardMatch } from "./wildcard-match.ts";

export interface IgnoreRule {
  /** The directory of the .gitignore, "" or "a/b/". */
  readonly base: string;
  /** Parts of a path below it; "**" stands for any number of them. */
  readonly parts: readonly string[];
  readonly negated: boolean;
  readonly directoriesOnly: boolean;
}

/** Reads a .gitignore roughly: `*`, `**`, `?`, a slash at either end, and `!`. @param base its directory, "" or "a/b/" */
export function parseIgnoreRules(content: string, base: string): readonly IgnoreRule[] {
  return content.split(/\r?\n/).flatMap((line) => {
    const trimmed = line.trimEnd();
    const negated = trimmed.startsWith("!");
    const written = trimmed.slice(negated ? 1 : 0).replace(/^\\/, "");
    const glob = written.replace(/\/$/, "");
    if (trimmed.startsWith("#") || glob === "") return [];
    const parts = glob.replace(/^\//, "").split("/");
    const anywhere = glob.includes("/") ? [] : ["**"];
    return [{ base, parts: [...anywhere, ...parts], negated, directoriesOnly: written.endsWith("/") }];
  });
}

/** @returns whether the last rule that matches `path` ignores it. */
export function isIgnored(rules: readonly IgnoreRule[], path: string, isDirectory: boolean): boolean {
  const rule = rules.findLast(
    ({ base, parts, directoriesOnly }) =>
      (isDirectory || !directoriesOnly) &&
      path.startsWith(base) &&
      wildcardMatch(parts, path.slice(base.length).split("/"), "**", matchesName),
  );
  return rule !== undefined && !rule.negated;
}

function matchesName(glob: string, name: string): boolean {
  return wildcardMatch([...glob], [...name], "*", (part, letter) => part === "?" || part === letter);
}
