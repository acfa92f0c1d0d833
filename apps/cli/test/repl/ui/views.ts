import type { ApprovalView } from "@pm/core";
import { INITIAL_PROGRESS } from "../../../src/progress/progress-state.ts";
import { createPainter } from "../../../src/render/painter.ts";
import type { ReplView, RunningTask } from "../../../src/repl/controller/repl-controller.ts";
import { type EditorState, EMPTY_EDITOR } from "../../../src/repl/editor/editor-state.ts";
import { layoutEditor } from "../../../src/repl/editor/layout-editor.ts";
import type { LiveInput } from "../../../src/repl/ui/live-model.ts";

export const VIEW: ReplView = {
  ...{
    project: "/work/sample",
    branch: "main",
    namespace: "default",
    provider: "claude-code",
    model: "opus",
  },
  ...{ sessionId: "session-1a2b3c", running: [], waiting: [], approval: null, keySetup: null },
  ...{ worker: true, webUrl: null, ended: false },
};

/** What runs in PLANNING since 42 seconds, at `now` 42,000. */
export const RUNNING: RunningTask = {
  ...{ taskId: "task-1", sessionId: "session-1a2b3c", prompt: "Do it", here: true, since: 0 },
  progress: {
    ...INITIAL_PROGRESS,
    phases: {
      ...INITIAL_PROGRESS.phases,
      ...{ REQUIREMENT_ANALYSIS: "passed", TASK_DECOMPOSITION: "passed", PLANNING: "running" },
    },
    running: { phase: "PLANNING", since: 0 },
    activity: "Read src/slug.js",
  },
  lastLines: ["one", "two", "three", "four"],
};

/** @param files how many the result has */
export function card(files: number): ApprovalView {
  return {
    ...{ sessionId: "session-1a2b3c", taskId: "task-1", digest: "d".repeat(64), effect: "accept" },
    violations: [
      {
        ...{
          code: "E225",
          gate: "qa",
          message: "The QA commands ran no test that pm could count.",
          paths: [],
        },
        ...{ hint: "", blocks: "INCOMPLETE", approval: "accept" },
      } as unknown as ApprovalView["violations"][number],
    ],
    files: Array.from({ length: files }, (_, index) => ({
      path: `src/file-${index}.ts`,
      added: 1,
      deleted: 2,
    })),
  };
}

export function input(
  change: Partial<Omit<LiveInput, "editor">> & { readonly text?: string } = {},
): LiveInput {
  const { text = "", ...rest } = change;
  const state: EditorState = { ...EMPTY_EDITOR, text, cursor: text.length };
  return {
    ...{ view: VIEW, size: { columns: 80, rows: 24 }, now: 42_000, paint: createPainter(false) },
    ...{ hint: null, noting: false },
    editor: {
      view: () => ({ state, completion: null, menuRow: null }),
      layout: (width, maxRows) => layoutEditor(state, width, maxRows),
    },
    ...rest,
  };
}
