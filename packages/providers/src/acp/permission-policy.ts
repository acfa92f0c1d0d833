import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { AgentRunRequest } from "@pm/core";
import * as z from "zod";
import { pathsIn, type ToolCall, toolCallSchema } from "./tool-calls.ts";

export const permissionRequestSchema = z.looseObject({
  toolCall: toolCallSchema,
  options: z.array(z.looseObject({ optionId: z.string(), kind: z.string() })),
});
export type PermissionRequest = z.infer<typeof permissionRequestSchema>;

export type PermissionOutcome =
  | { readonly outcome: "selected"; readonly optionId: string }
  | { readonly outcome: "cancelled" };

const READS = new Set(["read", "search", "think"]);
/** `other` is what an agent's own tools are by default; what they can reach is what the isolation leaves them. */
const WRITES = new Set(["edit", "delete", "move", "execute", "other"]);

/**
 * What our policy says of a tool call that the agent asks about: a reading run only reads; a writing run also changes what is
 * below the workspace and runs commands. Neither the network nor another mode is for the agent to have.
 */
export function isAllowed(
  call: ToolCall,
  { access, workspace }: Pick<AgentRunRequest, "access" | "workspace">,
): boolean {
  const kind = call.kind ?? "other";
  if (READS.has(kind)) return true;
  if (access === "read" || !WRITES.has(kind)) return false;
  return pathsIn(call).every((path) => isInside(path, workspace));
}

/** A yes is for once; a no is the agent's own no, and where it offers none the turn is cancelled. */
export function outcomeOf(options: PermissionRequest["options"], allowed: boolean): PermissionOutcome {
  const wanted = allowed ? ["allow_once"] : ["reject_once", "reject_always"];
  for (const kind of wanted) {
    const option = options.find((candidate) => candidate.kind === kind);
    if (option !== undefined) return { outcome: "selected", optionId: option.optionId };
  }
  return { outcome: "cancelled" };
}

function isInside(path: string, { path: root, hostDir }: AgentRunRequest["workspace"]): boolean {
  const below = relative(root, resolve(root, path));
  if (leadsOut(below)) return false;
  const real = realpathSync(hostDir);
  return !leadsOut(relative(real, realPathOf(join(real, below))));
}

/** The real place of a path whose last parts may not be there yet. A link that leads nowhere counts by where it lies. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPathOf(parent), path.slice(parent.length));
  }
}

function leadsOut(below: string): boolean {
  return below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below);
}
