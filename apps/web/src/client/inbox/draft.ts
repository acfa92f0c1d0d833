/** What is being written, and what it comes to as a request. Pure. */
import type { NewTask } from "../api/types.ts";
import { splitArgv } from "./split-argv.ts";

export interface Draft {
  readonly prompt: string;
  readonly group: string;
  readonly kind: NonNullable<NewTask["kind"]>;
  /** A glob a line. */
  readonly scope: string;
  /** A command a line. */
  readonly checks: string;
  readonly provider: string;
  readonly model: string;
}

export const EMPTY_DRAFT: Draft = {
  prompt: "",
  group: "",
  kind: "change",
  scope: "",
  checks: "",
  provider: "",
  model: "",
};

export type DraftProblem = { readonly field: keyof Draft; readonly message: string };
const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** @returns the request's body, or which field is not right yet; the server has the last word */
export function toRequest(draft: Draft): { readonly body: NewTask } | DraftProblem {
  if (draft.prompt.trim() === "") return { field: "prompt", message: "Say what is to be done." };
  const group = draft.group.trim();
  if (group !== "" && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(group)) {
    return {
      field: "group",
      message: "A group is named by letters, digits, dots, dashes and underscores, at most 100.",
    };
  }
  const checks: string[][] = [];
  for (const line of linesOf(draft.checks)) {
    const split = splitArgv(line);
    if ("problem" in split) return { field: "checks", message: `${line}: ${split.problem}` };
    checks.push([...split.argv]);
  }
  const scope = linesOf(draft.scope);
  return {
    body: {
      prompt: draft.prompt.trim(),
      kind: draft.kind,
      ...(group === "" ? {} : { task_group_id: group }),
      ...(scope.length === 0 ? {} : { scope }),
      ...(checks.length === 0 ? {} : { checks }),
      ...(draft.provider.trim() === "" ? {} : { provider: draft.provider.trim() }),
      ...(draft.model.trim() === "" ? {} : { model: draft.model.trim() }),
    },
  };
}
