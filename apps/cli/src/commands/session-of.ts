import { existsSync } from "node:fs";
import { assertSessionOf, type Engine, projectHolding } from "@pm/core";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import type { CommandContext } from "./command.ts";
import { projectPath } from "./project-path.ts";

/**
 * The session that a command reads. A session is found from any folder; with `--project` it must be one of that project.
 * What only the queue knows has no session yet, and its id is passed on.
 * @throws E240 where it is another project's
 */
export async function sessionOf(
  { io }: CommandContext,
  args: ParsedArguments,
  engine: Engine,
): Promise<string> {
  const id = args.positionals[0] ?? "";
  return args.value("project") === undefined ? id : checked(engine, id, projectPath(io, args));
}

/**
 * The session that a command goes on with. Unlike for one that reads, the current folder counts too where it holds evidence of
 * that session: a person in a copy of the project means the copy, and would change the other one.
 * @throws E240 where it is another project's
 */
export async function sessionToChange(
  { io }: CommandContext,
  args: ParsedArguments,
  engine: Engine,
): Promise<string> {
  const id = args.positionals[0] ?? "";
  const named = args.value("project") !== undefined;
  const project = named ? projectPath(io, args) : projectHolding(io.cwd(), id);
  return project === null ? id : checked(engine, id, project);
}

/** What only the queue knows has no evidence here. */
async function checked(engine: Engine, id: string, project: string): Promise<string> {
  // A malformed or unknown id keeps its own error.
  const { evidence_path } = await engine.status(id);
  if (existsSync(evidence_path)) await assertSessionOf(project, id, evidence_path);
  return id;
}
