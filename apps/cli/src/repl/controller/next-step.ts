import type { ErrorReport, ExecutionResult } from "@pm/core";
import { keyCommand } from "./key-setup.ts";

/** What is typed here instead of a command line of `pm`. */
const TYPED: readonly (readonly [RegExp, string])[] = [
  [/^pm approve (\S+)$/, "/approve"],
  [/^pm continue (\S+)$/, "/continue $1"],
  [/^pm continue \S+ --task .*$/, "Type what is to be done"],
  [/^pm logs (\S+)$/, "/logs"],
  [/^pm verify (\S+)$/, "/verify"],
  [/^pm status (\S+)$/, "/status"],
  [/^pm cancel (\S+)$/, "/cancel"],
];

/** @returns the next step as it is typed here; one about another session stays a command line */
export function typedHere(command: string, sessionId: string | null): string {
  for (const [pattern, typed] of TYPED) {
    const match = pattern.exec(command);
    if (match === null) continue;
    const about = match[1];
    if (about !== undefined && about !== sessionId && !typed.startsWith("/continue")) return command;
    return command.replace(pattern, typed);
  }
  return command;
}

export function resultHere(result: ExecutionResult): ExecutionResult {
  const next = result.next_action;
  const violations = result.violations.map((violation) => ({
    ...violation,
    hint: hintHere(violation.hint, result.session_id),
  }));
  return {
    ...result,
    violations,
    next_action: next === null ? null : typedHere(next, result.session_id),
  };
}

/** Hints of errors that are put right by typing something here. */
const HINTS: Readonly<Record<string, string>> = {
  E105: "Type: /init",
  E106: "Type: /init",
  E201: "Type /start, or just what is to be done",
  E503: "Type: /keys set anthropic <key>, or log in outside: claude auth login",
  E513: "See which there are: /models",
};

/** @returns an error with a hint for here: a key can be set, a project be made and a session be approved by typing it */
export function errorHere(report: ErrorReport, sessionId: string | null): ErrorReport {
  const own = report.code === "E521" ? `Type: ${keyCommand(`${report.data.provider}`)}` : HINTS[report.code];
  const hint = own ?? hintHere(report.hint, sessionId);
  return hint === report.hint ? report : { ...report, hint };
}

function hintHere(hint: string, sessionId: string | null): string {
  const command = /^(.*: )(pm \S+ session-[a-z0-9]+)$/.exec(hint);
  const [, lead = "", line = ""] = command ?? [];
  return command === null ? hint : lead + typedHere(line, sessionId);
}
