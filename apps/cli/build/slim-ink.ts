/** The part of esbuild's plugin interface that is used here. */
interface PluginBuild {
  onResolve(
    options: { filter: RegExp },
    resolve: (args: { path: string; importer: string }) => { path: string; namespace: string } | undefined,
  ): void;
  onLoad(
    options: { filter: RegExp; namespace: string },
    load: (args: { path: string }) => { contents: string; loader: "js" } | undefined,
  ): void;
}

const NAMESPACE = "slim-ink";
/**
 * What Ink brings and the REPL never runs: developer tools (a WebSocket server), handlers at the end of the process (the REPL
 * has its own), and the drawing of errors with their source. Some of it asks for `require`, which modules don't have.
 */
const STUBS: Readonly<Record<string, string>> = {
  "./devtools.js": "export {};",
  "signal-exit": "export default () => () => {};",
  "./ErrorOverview.js": "export default () => null;",
};

/** Takes out of the bundle what is only there for uses of Ink that the REPL doesn't make. */
export function slimInk() {
  return {
    name: NAMESPACE,
    setup(build: PluginBuild) {
      build.onResolve({ filter: /devtools\.js$|^signal-exit$|ErrorOverview\.js$/ }, ({ path, importer }) =>
        /node_modules[\\/](ink|restore-cursor)[\\/]/.test(importer) && path in STUBS
          ? { path, namespace: NAMESPACE }
          : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => {
        const contents = STUBS[path];
        return contents === undefined ? undefined : { contents, loader: "js" };
      });
    },
  };
}
