import { realpath } from "node:fs/promises";
import { type Engine, RunnerError } from "@pm/core";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import type { CommandContext } from "./command.ts";
import { projectPath } from "./project-path.ts";

/**
 * The session that a command names. A session is found from any folder; with `--project` it must be one of that project.
 * What only the queue knows has no session yet, and its id is passed on.
 * @throws E203 where it is another project's
 */
export async function sessionOf(
  { io }: CommandContext,
  args: ParsedArguments,
  engine: Engine,
): Promise<string> {
  const id = args.positionals[0] ?? "";
  if (args.value("project") === undefined) return id;
  const project = await real(projectPath(io, args));
  const sessions = await engine.sessions(project);
  if (sessions.some((session) => session.session_id === id)) return id;
  // A malformed or unknown id keeps its own error.
  await engine.status(id);
  const isSession = await engine.refs(id).then(
    () => true,
    () => false,
  );
  if (!isSession) return id;
  throw new RunnerError("E203", { id: `${id} in ${project}` });
}

/** The same folder may be named through a link. */
async function real(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
