/** The arrows of ARCHITECTURE.md, rules 1 and 2. Type-only imports count like any other. */

/** Inside core, lowest first: a folder imports from its own row and the rows before it. */
const CORE_LAYERS = [
  ["errors"],
  ["project", "lifecycle", "gates", "evidence", "attestation", "test-adapters", "text", "locks"],
  ["workspace", "sandbox"],
  ["ports"],
  ["runner"],
];

const folders = (names) => `^packages/core/src/(${names.join("|")})/`;

const coreLayerRules = CORE_LAYERS.slice(0, -1).map((row, index) => ({
  name: `core-layer-${row[0]}`,
  severity: "error",
  comment: `${row.join(", ")} must not know what stands above them.`,
  from: { path: folders(row) },
  to: { path: folders(CORE_LAYERS.slice(index + 1).flat()) },
}));

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "An import() that runs later (a command loaded by the table that names it) closes no cycle.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["dynamic-import"] } },
    },
    {
      name: "nothing-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "core-knows-no-other-package",
      severity: "error",
      from: { path: "^packages/core/" },
      to: { path: "^(packages/(?!core/)|apps/)" },
    },
    {
      name: "core-has-few-dependencies",
      comment: "No SDK and no UI in core.",
      severity: "error",
      from: { path: "^packages/core/src/" },
      to: {
        path: "node_modules/",
        pathNot: "node_modules/(zod|@babel/parser|canonicalize|picomatch|@types/(node|picomatch))/",
      },
    },
    {
      name: "packages-know-core-only",
      comment: "queue and providers never import each other, nor an app.",
      severity: "error",
      from: { path: "^packages/(?!core/)([^/]+)/" },
      to: { path: "^(packages|apps)/", pathNot: "^packages/(core|$1)/" },
    },
    {
      name: "web-does-not-know-cli",
      severity: "error",
      from: { path: "^apps/web/" },
      to: { path: "^apps/cli/" },
    },
    {
      name: "web-pages-know-the-contract-only",
      comment: "What runs in a browser shares types with the server, and nothing else of ours.",
      severity: "error",
      from: { path: "^apps/web/src/client/" },
      to: { path: "^(packages|apps)/", pathNot: "^apps/web/src/(client|contract)/" },
    },
    {
      name: "no-deep-imports",
      comment: "Another package is what its index.ts says.",
      severity: "error",
      from: { path: "^(packages|apps)/([^/]+)/" },
      to: {
        path: "^(packages|apps)/",
        pathNot: ["^$1/$2/", "^(packages/[^/]+|apps/web)/(src|dist)/index\\.[jt]s$"],
      },
    },
    {
      name: "sources-import-no-tests",
      severity: "error",
      from: { path: "^(packages|apps)/[^/]+/src/" },
      to: { path: "(^|/)(test|bench|examples)/" },
    },
    {
      name: "core-folder-has-a-layer",
      comment: "A new folder of core gets a place in CORE_LAYERS.",
      severity: "error",
      from: {},
      to: { path: "^packages/core/src/[^/]+/", pathNot: folders(CORE_LAYERS.flat()) },
    },
    ...coreLayerRules,
    {
      name: "lifecycle-and-gates-are-pure",
      comment: "No I/O, no clock, no randomness; a gate may compute a hash or take a path apart.",
      severity: "error",
      from: { path: folders(["lifecycle", "gates", "test-adapters"]) },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|path|path/posix)$" },
    },
    {
      name: "lifecycle-uses-no-crypto",
      severity: "error",
      from: { path: folders(["lifecycle"]) },
      to: { path: "^(node:)?crypto$" },
    },
    {
      name: "sources-use-no-development-dependency",
      comment:
        "What is imported at run time is a dependency; apps are bundled and may list theirs as they like.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg"], dependencyTypesNot: ["npm", "type-only"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    exclude: { path: "^(packages|apps)/[^/]+/(bin|dist|\\.turbo)/" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "default"] },
  },
};
