import { readFile } from "node:fs/promises";
import * as z from "zod";
import { RunnerError } from "../errors/runner-error.ts";
import { errnoOf, fsError } from "./fs-error.ts";
import { projectLayout } from "./layout.ts";
import { parseJson } from "./parse-json.ts";

const name = z.string().trim().min(1).max(200);

/** `.claude/repl.json`: which provider and model the project's sessions use. */
export const replConfigSchema = z.strictObject({
  provider: name.optional(),
  model: name.nullable().optional(),
});
export type ReplConfig = z.infer<typeof replConfigSchema>;

/** @returns the project's choice; empty where it made none. @throws E103, E107, E108. */
export async function loadReplConfig(project: string): Promise<ReplConfig> {
  const path = projectLayout(project).replConfig;
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return {};
    throw fsError(error, path, "read");
  }
  const parsed = replConfigSchema.safeParse(parseJson(text, path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const at = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys : [])];
  const setting = at.join(".") || "the file";
  const value = issue?.code === "unrecognized_keys" ? "no key of pm's" : "not usable";
  const allowed = "provider and model, each a name";
  const problem = `${setting} is ${value}; allowed: ${allowed}.`;
  throw new RunnerError("E108", { path, setting, value, allowed, problem });
}
