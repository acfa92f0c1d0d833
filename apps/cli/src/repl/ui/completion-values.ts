/** What the arguments of commands are completed with: read when they are asked for, and again when that is a while ago. */

import { stripToLine } from "@pm/core";
import type { ReplController } from "../controller/repl-controller.ts";
import type { CompletionSources, CompletionValue } from "../editor/completion/completions-for.ts";
import { REPL_COMMANDS } from "../table/repl-commands.ts";

/** How old what was read may be when it is asked for. */
const AGE_MS = 2000;

type Kind = Parameters<CompletionSources["values"]>[0];
type Read = () => Promise<Partial<Record<Kind, readonly CompletionValue[]>>>;

/** @param onChange called when something was read */
export function createCompletionValues(
  controller: ReplController,
  onChange: () => void,
): () => Omit<CompletionSources, "files"> {
  const known: Partial<Record<Kind, readonly CompletionValue[]>> = {};

  function reader(read: Read): () => void {
    let readAt = Number.NEGATIVE_INFINITY;
    return () => {
      if (performance.now() - readAt < AGE_MS) return;
      readAt = performance.now();
      read().then(
        (found) => {
          Object.assign(known, found);
          onChange();
        },
        // Completion is a help; the command itself will say what is wrong.
        () => {},
      );
    };
  }

  const readSessions = reader(async () => {
    const found = await controller.sessions();
    const current = found.find(({ session_id }) => session_id === controller.view().sessionId) ?? found[0];
    return {
      session: found.map(({ session_id, overall_status, tasks }) => ({
        value: session_id,
        summary: [overall_status, stripToLine(tasks[0]?.prompt ?? "")].join("  "),
      })),
      task: (current?.tasks ?? []).map(({ task_id, prompt }) => ({
        value: task_id,
        summary: stripToLine(prompt),
      })),
    };
  });
  const readSetup = reader(async () => {
    const [names, models] = await Promise.all([controller.providers(), controller.models()]);
    return {
      provider: names.map((value) => ({ value, summary: "" })),
      model: models.map(({ id, note }) => ({ value: stripToLine(id), summary: stripToLine(note ?? "") })),
    };
  });

  function values(of: Kind): readonly CompletionValue[] {
    if (of === "provider" || of === "model") readSetup();
    else readSessions();
    return known[of] ?? [];
  }

  const inKeySetup = REPL_COMMANDS.filter((command) => command.inKeySetup);
  return () => ({ commands: controller.view().keySetup === null ? REPL_COMMANDS : inKeySetup, values });
}
