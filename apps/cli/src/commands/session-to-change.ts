import { type Engine, projectHolding } from "@pm/core";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import type { CommandContext } from "./command.ts";
import { projectPath } from "./project-path.ts";
import { assertIn } from "./session-of.ts";

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
  return project === null ? id : assertIn(engine, id, project);
}
