/** Scripts of a package.json by name. */
export type PackageScripts = ReadonlyMap<string, string>;

/** @param manifest the text of a package.json, or null where there is none; one that can't be read has no scripts. */
export function packageScripts(manifest: string | null): PackageScripts {
  try {
    const { scripts } = JSON.parse(manifest ?? "{}") as { scripts?: unknown };
    const entries = typeof scripts === "object" && scripts !== null ? Object.entries(scripts) : [];
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return new Map();
  }
}
