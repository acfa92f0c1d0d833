import * as z from "zod";
import { type ErrorReport, RunnerError } from "../errors/runner-error.ts";
import { intendedKey, nearestKey, OWN_KEYS } from "./own-keys.ts";
import { parseJson } from "./parse-json.ts";
import { parseQaCommand } from "./qa-command.ts";
import { type Settings, settingsSchema } from "./settings.ts";

/** One thing wrong with a setting. `value` and `allowed` are for people. */
export interface SettingProblem {
  readonly setting: string;
  readonly value: string;
  readonly allowed: string;
}

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
}

/**
 * The text of `settings.json` with our defaults filled in. Keys that are not ours are left alone.
 * @throws E107 where it is not JSON; E108 with everything that is wrong, each also in `data.problems`.
 */
export function parseSettings(text: string, path: string): Settings {
  const value = parseJson(text, path);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw settingsError(path, [{ setting: "the file", value: show(value), allowed: "an object" }]);
  }
  const entries = Object.entries(value);
  const problems: SettingProblem[] = entries.flatMap(([key]) => {
    const intended = intendedKey(key);
    return intended === null
      ? []
      : [{ setting: key, value: "no key of pm's", allowed: `did you mean ${intended}?` }];
  });
  const own = Object.fromEntries(entries.filter(([key]) => OWN_KEYS.includes(key)));
  const parsed = settingsSchema.safeParse(own);
  if (!parsed.success) problems.push(...parsed.error.issues.flatMap((issue) => problemsOf(issue, own)));
  else problems.push(...commandProblems(parsed.data));
  if (!parsed.success || problems.length > 0) throw settingsError(path, problems);
  return parsed.data;
}

/** @returns the defaults, as of a file that holds none of our keys. */
export function defaultSettings(): Settings {
  return settingsSchema.parse({});
}

function settingsError(path: string, problems: readonly SettingProblem[]): RunnerError {
  const [first] = problems;
  const more = problems.length > 1 ? ` There are ${problems.length - 1} more: pm validate lists them.` : "";
  const reports = problems.map(
    (problem): ErrorReport => new RunnerError("E108", { path, ...problem, problem: say(problem) }).toReport(),
  );
  return new RunnerError("E108", {
    path,
    ...first,
    problem: `${first === undefined ? "" : say(first)}${more}`,
    problems: reports,
  });
}

function say({ setting, value, allowed }: SettingProblem): string {
  const guess = allowed.startsWith("did you mean");
  return guess ? `${setting} is ${value}; ${allowed}` : `${setting} is ${value}; allowed: ${allowed}.`;
}

function problemsOf(issue: z.core.$ZodIssue, own: unknown): SettingProblem[] {
  const at = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(schemaAt(at)?.properties ?? {});
    return issue.keys.map((key) => {
      const near = nearestKey(key, known);
      const allowed = near === null ? known.join(", ") : `did you mean ${near}?`;
      return { setting: nameOf([...at, key]), value: "no key of pm's", allowed };
    });
  }
  const value = at.reduce<unknown>(
    (inner, key) => (inner as Record<string, unknown> | undefined)?.[key],
    own,
  );
  return [{ setting: nameOf(at), value: show(value), allowed: allowedAt(at) }];
}

function commandProblems(settings: Settings): SettingProblem[] {
  return (settings.qa.commands ?? []).flatMap((entry, index) => {
    const command = parseQaCommand(entry);
    if (!("problem" in command)) return [];
    const allowed = `a command line without a shell (${command.problem})`;
    return [{ setting: nameOf(["qa", "commands", String(index)]), value: show(entry), allowed }];
  });
}

/** Made only for a message: a project whose settings are right never pays for it. */
function schemaAt(path: readonly string[]): JsonSchema | undefined {
  const whole = z.toJSONSchema(settingsSchema, { io: "input" }) as JsonSchema;
  return path.reduce<JsonSchema | undefined>((schema, key) => schema?.properties?.[key], whole);
}

function allowedAt(path: readonly string[]): string {
  if (path[0] === "qa" && path[1] === "commands")
    return 'a list of command lines, such as ["npm test"], or of {"command": "…", "report": "<file below the project>"}';
  const schema = schemaAt(path);
  if (schema?.minimum !== undefined) return `${schema.minimum} to ${schema.maximum ?? "any"}, a whole number`;
  if (schema?.enum !== undefined) return schema.enum.map(show).join(" or ");
  if (schema?.type === "boolean") return "true or false";
  return schema?.type === "object" ? "an object" : (schema?.type ?? "see the documentation");
}

function nameOf(path: readonly string[]): string {
  return path.map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : index === 0 ? key : `.${key}`)).join("");
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
