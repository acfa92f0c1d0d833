/**
 * The REPL on a terminal: bytes go to the editor, what is sent goes to the controller, and what comes of it is shown. Owns the
 * end: how the REPL is left, and that the terminal is given back.
 */

import { setFlagsFromString } from "node:v8";
import { createPainter } from "../../render/painter.ts";
import type { ReplController } from "../controller/repl-controller.ts";
import { createFileSource } from "../editor/completion/file-source.ts";
import { createEditor } from "../editor/create-editor.ts";
import type { EditorEffect, EditorKey, EditorState } from "../editor/editor-state.ts";
import { openDraft } from "../editor/storage/draft.ts";
import { editorFiles } from "../editor/storage/editor-files.ts";
import { openHistory } from "../editor/storage/history.ts";
import { isSecretInput, maskInput } from "../table/mask-input.ts";
import { REPL_COMMANDS } from "../table/repl-commands.ts";
import { createAppendOnly } from "./append-only.ts";
import { createApprovalKeys } from "./approval-keys.ts";
import { createCompletionValues } from "./completion-values.ts";
import { createFrameLoop } from "./frame-loop.ts";
import { createHint } from "./hint.ts";
import { createLiveDisplay } from "./live-display.ts";
import { editorWidth } from "./live-model.ts";
import { notification } from "./notify.ts";
import { scrollbackLines } from "./scrollback-lines.ts";
import { openTerminal } from "./terminal.ts";

export interface TerminalOptions {
  readonly controller: ReplController;
  /** Absolute. */
  readonly projectDir: string;
  /** PM_HOME, where history and draft are kept. */
  readonly home: string;
  readonly color: boolean;
  /** Appended lines instead of a live region. */
  readonly screenReader: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds that never go backwards: the clock of the view. */
  monotonic(): number;
  readonly stdin?: NodeJS.ReadStream;
  readonly stdout?: NodeJS.WriteStream & { readonly fd: number };
}

const SIGNAL_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
/** How soon Ctrl-C has to be pressed again to leave. */
const AGAIN_MS = 2000;

/** A REPL is open all day: V8 would let its young generation grow to 48 MB where a few are enough. */
const FLAT_MEMORY = "--semi-space-growth-factor=1";

/** Runs the REPL until it is left. @returns the exit code: 0, or 128 and the signal */
export async function runTerminal(options: TerminalOptions): Promise<number> {
  setFlagsFromString(FLAT_MEMORY);
  const { controller, projectDir, home, env, monotonic, screenReader } = options;
  const { stdin = process.stdin, stdout = process.stdout } = options;
  const paint = createPainter(options.color);
  const secret = (text: string) => isSecretInput(text, REPL_COMMANDS);
  const files = editorFiles(home, projectDir);
  let leaveAt = Number.NEGATIVE_INFINITY;
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  /** Inputs are dealt with one after the other, as they were sent. */
  let tail: Promise<void> = Promise.resolve();

  const terminal = openTerminal(stdin, stdout, {
    onInput: (bytes) => editor.push(bytes),
    onResize: () => loop.flush(),
    onSignal: (signal) => end(SIGNAL_CODES[signal]),
    onSuspend: () => display.erase(),
    onResume() {
      display.forget();
      loop.flush();
    },
    onEnd: () => end(SIGNAL_CODES.SIGHUP),
  });
  const display = screenReader
    ? createAppendOnly(terminal.write, paint)
    : createLiveDisplay(terminal.write, terminal.size);
  const loop = createFrameLoop((above) => {
    const view = controller.view();
    loop.tick(display.ticks && view.running.length > 0);
    const state = { view, editor, size: terminal.size(), now: monotonic(), paint };
    approval.drawn(display.update(above, { ...state, hint: hint.text(), noting: approval.noting() }));
  });
  const hint = createHint(() => loop.request("now"));
  const approval = createApprovalKeys({ controller, monotonic, hint: (text) => hint.say(text, AGAIN_MS) });
  const editor = createEditor({
    history: openHistory(files.history, { secret }),
    draft: openDraft(files.draft, { secret }),
    files: createFileSource(projectDir),
    width: () => editorWidth(terminal.size()),
    sources: createCompletionValues(controller, () => loop.request("soon")),
    mask: maskInput,
    onChange: () => loop.request("now"),
    onSubmit: submit,
    onEffect: carryOut,
    intercept,
  });

  function submit(text: string): Promise<void> {
    const note = approval.submit(text);
    if (note !== null) return note;
    tail = tail.then(() => controller.submit(text));
    return tail.then(leaveIfEnded);
  }

  function leaveIfEnded(): void {
    if (controller.view().ended) end(0);
  }

  function carryOut(effect: Exclude<EditorEffect, { kind: "submit" | "remember" }>): void {
    if (effect.kind === "clear-screen") {
      display.scrollAway();
      loop.request("now");
    } else if (effect.kind === "leave") leave();
    else if (controller.view().running.some(({ here }) => here)) {
      hint.say("Interrupting …", AGAIN_MS);
      void controller.interrupt();
    }
  }

  function leave(): void {
    const now = monotonic();
    if (now - leaveAt < AGAIN_MS) end(0);
    leaveAt = now;
    const running = controller.view().running.some(({ here }) => here);
    hint.say(running ? "Ctrl-C again leaves; what runs is interrupted." : "Ctrl-C again leaves.", AGAIN_MS);
  }

  function intercept(key: EditorKey, state: EditorState): boolean {
    if (approval.press(key, state)) return true;
    const isIdle = state.text === "" && state.search === null;
    if (isIdle && key.kind === "key" && key.name === "end-of-input") {
      end(0);
      return true;
    }
    if (!isIdle || key.kind !== "text" || key.text !== "?") return false;
    void submit("/help");
    return true;
  }

  const stops = [
    controller.onItem((item) => loop.print(scrollbackLines(item, terminal.size().columns, paint))),
    controller.onView(() => {
      leaveIfEnded();
      loop.request("soon");
    }),
    controller.onAttention((what) => terminal.write(notification(what, env))),
  ];
  try {
    loop.flush();
    // The prompt is there; what takes longer is looked at now.
    setImmediate(() => void controller.open());
    const code = await ended;
    if (controller.view().running.some(({ here }) => here)) hint.say("Interrupting what runs …", AGAIN_MS);
    editor.close();
    await controller.close();
    return code;
  } finally {
    for (const stop of stops) stop();
    hint.end();
    loop.end();
    display.erase();
    terminal.close();
  }
}
