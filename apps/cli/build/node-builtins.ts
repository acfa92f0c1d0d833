import { builtinModules } from "node:module";

/** The part of esbuild's plugin interface that is used here. */
interface PluginBuild {
  onResolve(
    options: { filter: RegExp },
    resolve: (args: { path: string; kind: string }) => { path: string; namespace: string } | undefined,
  ): void;
  onLoad(
    options: { filter: RegExp; namespace: string },
    load: (args: { path: string }) => { contents: string; loader: "js" },
  ): void;
}

const NAMESPACE = "node-builtins";

/** Express and what it stands on are CommonJS, and ask for Node's own modules by `require`, which modules don't have. */
export function nodeBuiltins() {
  const known = new Set(builtinModules);
  return {
    name: NAMESPACE,
    setup(build: PluginBuild) {
      build.onResolve({ filter: /^(node:)?[a-z0-9_/]+$/ }, ({ path, kind }) => {
        const name = path.replace(/^node:/, "");
        return kind === "require-call" && known.has(name) ? { path: name, namespace: NAMESPACE } : undefined;
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`,
        loader: "js",
      }));
    },
  };
}
