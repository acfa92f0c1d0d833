import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** The part of esbuild's plugin interface that is used here. */
interface PluginBuild {
  onLoad(
    options: { filter: RegExp },
    load: (args: { path: string }) => { contents: string; loader: "ts" | "tsx" } | undefined,
  ): void;
}

const IMPORT = /(import|export)\s*\{([^}]*)\}\s*from\s*"([^"]+)";/g;
const REEXPORT = /export\s+(?:type\s+)?\{([^}]*)\}\s*from\s*"([^"]+)";/g;

/**
 * Lets our sources import from a package by its name and the bundle from the module that holds the thing. esbuild puts
 * all that one index leads to in one chunk; `pm --help` would load the whole engine because it needs an error code.
 *
 * It also cuts a chunk for every different set of parts that share a module, and to find and link one costs a command more
 * than its bytes do. So each part that is loaded later claims to use all of `base`, which has been loaded by then: what
 * `base` needs stays together.
 * @param packages name → its index.ts, which only re-exports by name
 * @param later modules that are loaded by an `import()`, as ends of their paths
 */
export function directImports(
  packages: Readonly<Record<string, string>>,
  { base, later }: { readonly base: string; readonly later: readonly string[] },
) {
  const homes = Object.fromEntries(Object.entries(packages).map(([name, index]) => [name, homesOf(index)]));
  return {
    name: "direct-imports",
    setup(build: PluginBuild) {
      build.onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        const contents = text.replace(IMPORT, (whole, word: string, names: string, from: string) => {
          const known = homes[from];
          return known === undefined ? whole : direct(word, names, known, from);
        });
        const loader = path.endsWith(".tsx") ? "tsx" : "ts";
        if (later.some((end) => path.endsWith(end)))
          return { contents: `${contents}\nexport * as base from ${JSON.stringify(base)};\n`, loader };
        return contents === text ? undefined : { contents, loader };
      });
    },
  };
}

function direct(word: string, names: string, homes: ReadonlyMap<string, string>, from: string): string {
  return listed(names)
    .filter((name) => !name.startsWith("type "))
    .map((name) => {
      const [exported = name] = name.split(/\s+as\s+/);
      const home = homes.get(exported);
      if (home === undefined) throw new Error(`${from} does not export ${exported} by name`);
      return `${word} { ${name} } from ${JSON.stringify(home)};`;
    })
    .join(" ");
}

function homesOf(index: string): ReadonlyMap<string, string> {
  const homes = new Map<string, string>();
  for (const [, names = "", from = ""] of readFileSync(index, "utf8").matchAll(REEXPORT)) {
    for (const name of listed(names)) homes.set(name.replace(/^type /, ""), resolve(dirname(index), from));
  }
  return homes;
}

function listed(names: string): string[] {
  return names
    .split(",")
    .map((name) => name.trim().replace(/\s+/g, " "))
    .filter((name) => name !== "");
}
