import { runCommand } from "./run-command.mjs";

/**
 * Runs a program of the agent in the workspace. A program that fails is an answer, not an error of the tool.
 * @type {import("./main.mjs").Tool}
 */
export async function shell(
  /** @type {{ argv: string[], timeout_seconds: number }} */ { argv, timeout_seconds },
  { workspace, signal },
) {
  const end = await runCommand(argv, { cwd: workspace.root, limitMs: timeout_seconds * 1000, signal }).catch(
    (error) => {
      throw new Error(error.code === "ENOENT" ? `${argv[0]}: there is no such program` : error.message);
    },
  );
  const how = end.late
    ? `killed after ${timeout_seconds} s, its time limit`
    : end.signal !== null
      ? `ended by signal ${end.signal}`
      : `exit code ${end.code}`;
  const output = end.output === "" || end.output.endsWith("\n") ? end.output : `${end.output}\n`;
  return `${output}[${how}]`;
}
