/** What the arguments of commands are completed with: what the view tells, and the sessions, read again when they are old. */

import { stripToLine } from "@pm/core";
import type { ReplController } from "../controller/repl-controller.ts";
import type { CompletionSources, CompletionValue } from "../editor/completion/completions-for.ts";
import { REPL_COMMANDS } from "../table/repl-commands.ts";
import { CLAUDE_MODELS, PROVIDERS } from "../table/setup-commands.ts";

/** How old the list of sessions may be when it is asked for. */
const SESSIONS_AGE_MS = 2000;

/** @param onChange called when the sessions were read */
export function createCompletionValues(
  controller: ReplController,
  onChange: () => void,
): () => Omit<CompletionSources, "files"> {
  let sessions: readonly CompletionValue[] = [];
  let tasks: readonly CompletionValue[] = [];
  let readAt = Number.NEGATIVE_INFINITY;

  function readSessions(): void {
    if (performance.now() - readAt < SESSIONS_AGE_MS) return;
    readAt = performance.now();
    controller.sessions().then(
      (found) => {
        sessions = found.map(({ session_id, overall_status, tasks: known }) => ({
          value: session_id,
          summary: [overall_status, stripToLine(known[0]?.prompt ?? "")].join("  "),
        }));
        const current =
          found.find(({ session_id }) => session_id === controller.view().sessionId) ?? found[0];
        tasks = (current?.tasks ?? []).map(({ task_id, prompt }) => ({
          value: task_id,
          summary: stripToLine(prompt),
        }));
        onChange();
      },
      // Completion is a help; the command itself will say what is wrong.
      () => {},
    );
  }

  function values(of: "session" | "task" | "provider" | "model"): readonly CompletionValue[] {
    if (of === "provider") return PROVIDERS.map((value) => ({ value, summary: "" }));
    if (of === "model") return CLAUDE_MODELS.map(([value, summary]) => ({ value, summary }));
    readSessions();
    return of === "session" ? sessions : tasks;
  }

  const inKeySetup = REPL_COMMANDS.filter((command) => command.inKeySetup);
  return () => ({ commands: controller.view().keySetup === null ? REPL_COMMANDS : inKeySetup, values });
}
