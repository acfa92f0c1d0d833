import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileSource } from "../../../src/repl/editor/completion/file-source.ts";
import { createEditor, type EditorOptions } from "../../../src/repl/editor/create-editor.ts";
import { openDraft } from "../../../src/repl/editor/storage/draft.ts";
import { editorFiles } from "../../../src/repl/editor/storage/editor-files.ts";
import { openHistory } from "../../../src/repl/editor/storage/history.ts";

let home: string;
let stops: (() => void)[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pm-editor-"));
  stops = [];
});
afterEach(() => {
  for (const stop of stops) stop();
  rmSync(home, { recursive: true, force: true });
});

function open(options: Partial<EditorOptions> = {}) {
  const paths = editorFiles(home, "/work/project");
  const secret = (text: string) => text.startsWith("/keys set ");
  const calls: string[] = [];
  let woken = () => {};
  const history = openHistory(paths.history, { secret });
  const editor = createEditor({
    history,
    draft: openDraft(paths.draft, { secret }),
    files: createFileSource(home),
    width: () => 80,
    sources: () => ({ commands: [{ name: "help", summary: "", arguments: [] }], values: () => [] }),
    mask: (text) => text.replace(/^(\/keys set \S+ ).+$/, "$1•••"),
    onChange: () => woken(),
    onSubmit: async (text) => void calls.push(`submit ${text}`),
    onEffect: ({ kind }) => calls.push(kind),
    ...options,
  });
  stops.push(() => editor.close());
  return {
    editor,
    history,
    calls,
    drafts: () => readdirSync(dirname(paths.draft)).filter((name) => name.startsWith("draft")),
    paths,
    push: (bytes: string) => editor.push(Buffer.from(bytes)),
    until: async (holds: () => boolean) => {
      while (!holds()) await new Promise<void>((resolve) => (woken = resolve));
    },
  };
}

describe("the editor at work", () => {
  it("completes, submits and remembers what a terminal sends, all in one chunk", () => {
    const { push, calls, history } = open();
    push("/he\rhalf\x03\x03\x0c");
    expect(calls).toEqual(["submit /help", "leave", "clear-screen"]);
    expect(history.entries()).toEqual(["half", "/help"]);
  });

  it("knows Esc after a pause", async () => {
    const { push, calls, until } = open();
    push("half\x1b");
    expect(calls).toEqual([]);
    await until(() => calls.length > 0);
    expect(calls).toEqual(["interrupt"]);
  });

  it("keeps a submitted text on disk until it was dealt with, also where that failed", async () => {
    let fail = (_: Error) => {};
    const { push, drafts, paths } = open({ onSubmit: () => new Promise((_, reject) => (fail = reject)) });
    push("a task\r");
    const [draft = ""] = drafts();
    expect(readFileSync(join(dirname(paths.draft), draft), "utf8")).toContain("a task");
    fail(new Error("no queue"));
    await new Promise(setImmediate);
    expect(drafts()).toEqual([]);
  });

  it("draws a key as dots and writes it nowhere", () => {
    const { editor, push, history, calls, paths } = open();
    push("/keys set openai sk-secret");
    expect(editor.layout(80, 6).rows).toEqual([`/keys set openai ${"•".repeat(9)}`]);
    push("\r");
    expect(calls).toEqual(["submit /keys set openai sk-secret"]);
    expect(history.entries()).toEqual([]);
    // Not even the directory of history and drafts was made.
    expect(existsSync(dirname(paths.draft))).toBe(false);
  });

  it("reads the files when an @ is typed", async () => {
    writeFileSync(join(home, "notes.md"), "");
    const { editor, push, until } = open();
    push("see @not");
    await until(() => editor.view().menuRow !== null);
    push("\t");
    expect(editor.view().state.text).toBe("see @notes.md ");
  });

  it("gives keys to what stands before it", () => {
    const taken: string[] = [];
    const { editor, push } = open({
      intercept: (key) => key.kind === "text" && key.text === "1" && taken.push(key.text) > 0,
    });
    push("1");
    push("2");
    expect([taken, editor.view().state.text]).toEqual([["1"], "2"]);
  });
});
