import { existsSync } from "node:fs";
import type { Engine } from "@pm/core";
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
  return args.value("project") === undefined ? id : assertIn(engine, id, projectPath(io, args));
}

/** What only the queue knows has no evidence here. @returns the id. @throws E240 */
export async function assertIn(engine: Engine, id: string, project: string): Promise<string> {
  // A malformed or unknown id keeps its own error.
  const { evidence_path } = await engine.status(id);
  if (!existsSync(evidence_path)) return id;
  const { assertSessionOf } = await import("../run-part.ts");
  await assertSessionOf(project, id, evidence_path);
  return id;
}
