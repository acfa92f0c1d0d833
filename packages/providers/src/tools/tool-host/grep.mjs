import { capLine, LINE_CHARS } from "./capped.mjs";
import { runCommand } from "./run-command.mjs";

const LIMIT_MS = 30_000;
const NO_MATCH = 1;

/** @typedef {{ pattern: string, path?: string, glob?: string, ignore_case?: boolean, context?: number }} Input */

/**
 * Lines that match a regular expression, as `path:line:text`: by ripgrep, or by git where there is none.
 * @type {import("./main.mjs").Tool}
 */
export async function grep(/** @type {Input} */ input, { workspace, signal }) {
  const place = await workspace.entry(input.path ?? ".");
  const run = (/** @type {string[]} */ argv) =>
    runCommand(argv, {
      cwd: workspace.root,
      limitMs: LIMIT_MS,
      signal,
      env: { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
    });
  const end = await run(ripgrep(input, place.shown)).catch((error) => {
    if (error.code !== "ENOENT") throw error;
    return run(gitGrep(input, place.shown));
  });
  if (end.late)
    throw new Error(`the search took longer than ${LIMIT_MS / 1000} seconds: search a smaller folder`);
  if (end.code === NO_MATCH && end.output === "") return "[no line matches]";
  const text = end.output
    .trimEnd()
    .split("\n")
    .map((line) => capLine(line.replace(/^\.\//, "")))
    .join("\n");
  // Ripgrep's 2 may mean that some file could not be read; what was found is worth showing.
  if (end.code !== 0 && !/^[^:]+:\d+:/m.test(text))
    throw new Error(text || `the search ended with ${end.code}`);
  return text;
}

/** @param {Input} input @param {string} path */
function ripgrep(input, path) {
  const own = input.glob === undefined ? [] : [`--glob=${input.glob}`];
  return [
    ...[
      "rg",
      "--no-config",
      "--line-number",
      "--with-filename",
      "--no-heading",
      "--color=never",
      "--sort=path",
    ],
    // Of what is hidden, .github and its like are the project's work.
    ...["--hidden", "--no-require-git", ...own, "--glob=!.git", "--glob=!.pm", "--glob=!node_modules"],
    ...[`--max-columns=${LINE_CHARS}`, "--max-columns-preview"],
    ...(input.ignore_case === true ? ["--ignore-case"] : []),
    ...(input.context === undefined ? [] : [`--context=${input.context}`]),
    ...["-e", input.pattern, "--", path === "." ? "./" : `./${path}`],
  ];
}

/** @param {Input} input @param {string} path */
function gitGrep(input, path) {
  const below = path === "." ? "" : `${path}/`;
  const spec =
    input.glob === undefined
      ? `:(literal)${path}`
      : `:(glob)${below}${input.glob.includes("/") ? "" : "**/"}${input.glob}`;
  return [
    ...["git", "grep", "--no-index", "--exclude-standard", "-n", "-I", "-E", "--no-color"],
    ...(input.ignore_case === true ? ["-i"] : []),
    ...(input.context === undefined ? [] : ["-C", String(input.context)]),
    ...["-e", input.pattern, "--", spec, ":(exclude,glob)**/node_modules/**", ":(exclude,glob).pm/**"],
  ];
}
