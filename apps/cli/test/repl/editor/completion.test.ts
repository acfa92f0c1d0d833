import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type CompletionSources,
  completionsFor,
} from "../../../src/repl/editor/completion/completions-for.ts";
import { createFileSource } from "../../../src/repl/editor/completion/file-source.ts";
import { type EditorKey, type EditorState, EMPTY_EDITOR } from "../../../src/repl/editor/editor-state.ts";
import { pressKey } from "../../../src/repl/editor/press-key.ts";
import { key, text } from "./keys.ts";

const argument = (name: string, required: boolean, completes?: "session" | readonly string[]) =>
  completes === undefined ? { name, required } : { name, required, completes };
const sources: CompletionSources = {
  commands: [
    { name: "help", summary: "Shows help", arguments: [] },
    { name: "model", summary: "Sets the model", arguments: [argument("name", false)] },
    { name: "models", summary: "Lists models", arguments: [] },
    { name: "continue", summary: "Continues", arguments: [argument("id", true, "session")] },
    {
      name: "keys",
      summary: "Keys",
      arguments: [
        argument("set", false, ["set"]),
        argument("provider", false, ["openai", "anthropic"]),
        argument("key", false),
      ],
    },
    { name: "approve", summary: "Approves", arguments: [] },
  ],
  values: () => [
    { value: "session-7", summary: "seven" },
    { value: "session-8", summary: "eight" },
  ],
  files: ["README.md", "src/main.ts", "src/my file.ts", 'src/a"b.ts', "test/main.test.ts"],
};

function press(keys: readonly EditorKey[], history: readonly string[] = []) {
  const effects = [];
  let state: EditorState = EMPTY_EDITOR;
  for (const one of keys) {
    const step = pressKey(state, one, { history, completion: completionsFor(state, sources) });
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects, completion: completionsFor(state, sources) };
}
const labels = (typed: string) => press([text(typed)]).completion?.items.map(({ label }) => label) ?? null;
const submitted = (...keys: EditorKey[]) =>
  press(keys).effects.map((effect) => ("text" in effect ? effect.text : ""));

describe("completion of commands", () => {
  it("offers what the letters are found in, best first, with arguments as hints", () => {
    expect(labels("/")).toHaveLength(6);
    expect(labels("/mod")).toEqual(["/model", "/models"]);
    expect(labels("/cnt")).toEqual(["/continue"]);
    expect(labels("/xyz")).toBeNull();
    expect(labels("a /mod")).toBeNull();
    expect(press([text("/con")]).completion?.items[0]).toMatchObject({ hint: "<id>", summary: "Continues" });
    expect(press([text("/keys ")]).completion).toMatchObject({
      kind: "argument",
      hint: "[set] [provider] [key]",
    });
    expect(labels("/keys set an")).toEqual(["anthropic"]);
    expect(press([text("/keys set openai ")]).completion).toMatchObject({ items: [], hint: "[key]" });
  });

  it("submits a command in one Enter, typed in full or by its beginning", () => {
    expect(submitted(text("/model"), key("enter"))).toEqual(["/model"]);
    expect(submitted(text("/mod"), key("enter"))).toEqual(["/model"]);
    expect(submitted(text("/mod"), key("down"), key("enter"))).toEqual(["/models"]);
    expect(submitted(text("/mod"), key("up"), key("enter"))).toEqual(["/models"]);
  });

  it("sends a mistyped command as it is, for an error and not for another command", () => {
    expect(labels("/aprove")).toEqual(["/approve"]);
    expect(submitted(text("/aprove"), key("enter"))).toEqual(["/aprove"]);
  });

  it("waits for an argument that is needed, and sends one that is not offered", () => {
    const { state, effects } = press([text("/con"), key("enter")]);
    expect([state.text, effects]).toEqual(["/continue ", []]);
    expect(submitted(text("/con"), key("tab"), key("down"), key("enter"))).toEqual(["/continue session-8"]);
    expect(submitted(text("/continue session-"), key("enter"))).toEqual(["/continue session-"]);
  });

  it("closes with Esc, which interrupts nothing then, and opens again with Tab or a letter", () => {
    const closed = press([text("/mod"), key("escape"), key("tab")]);
    expect([closed.state.menuClosed, closed.effects]).toEqual([false, []]);
    expect(press([text("/mod"), key("escape"), key("escape")]).effects).toEqual([{ kind: "interrupt" }]);
    expect(press([text("/mod"), key("escape"), text("e")]).state.menuClosed).toBe(false);
    expect(submitted(text("/mod"), key("escape"), key("enter"))).toEqual(["/mod"]);
  });

  it("leaves the arrows to the history where that put the command there", () => {
    expect(press([key("up"), key("up")], ["/model", "older"]).state.text).toBe("older");
  });
});

describe("completion of files", () => {
  it("takes the place of what was typed behind @, quoted where needed", () => {
    expect(labels("look at @main")).toEqual(["src/main.ts", "test/main.test.ts"]);
    expect(press([text("look at @main"), key("tab"), text("ok")]).state.text).toBe("look at @src/main.ts ok");
    expect(press([text("@my"), key("enter")]).state.text).toBe('@"src/my file.ts" ');
    expect(press([text('@"my f'), key("enter")]).state.text).toBe('@"src/my file.ts" ');
    expect(press([text('@a"b'), key("tab")]).state.text).toBe('@"src/a\\"b.ts" ');
    expect(press([text("@a.b"), key("tab")]).state.text).toBe("@a.b");
    expect(press([text("@src/m"), key("down"), key("tab")]).state.text).toBe('@"src/my file.ts" ');
    expect(labels("me@main")).toBeNull();
  });

  it("sends a path that was typed in full with one Enter", () => {
    expect(submitted(text("see @src/main.ts"), key("enter"))).toEqual(["see @src/main.ts"]);
  });

  it("takes milliseconds for 20,000 files", () => {
    const files = Array.from(
      { length: 20_000 },
      (_, index) => `packages/part-${index % 100}/src/module-${index}.ts`,
    );
    const state = { ...EMPTY_EDITOR, text: "@mod199", cursor: 7 };
    const started = performance.now();
    expect(completionsFor(state, { ...sources, files })?.items.length).toBe(50);
    expect(performance.now() - started).toBeLessThan(150);
  });
});

describe("the source of files", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "pm-files-"));
    const write = (path: string, content = "") => {
      mkdirSync(join(root, path, ".."), { recursive: true });
      writeFileSync(join(root, path), content);
    };
    write(
      ".gitignore",
      "# built\ndist/\n*.log\n/only-root\n!keep.log\ndocs/**/draft.md\n\n*a*a*a*a*a*a*a*a*a*a*b\n",
    );
    write("pkg/.gitignore", "local.*\n");
    for (const path of [
      "a.ts",
      "x.log",
      "keep.log",
      "only-root",
      "pkg/only-root",
      "pkg/local.ts",
      "dist/x.js",
    ])
      write(path);
    for (const path of ["pkg/dist/y.js", "docs/a/b/draft.md", "docs/end.md", "local.ts", "a".repeat(200)])
      write(path);
    for (const path of ["node_modules/m/i.js", ".git/config", ".pm/x", "pkg/node_modules/n.js", "new\nline"])
      write(path);
    symlinkSync("..", join(root, "pkg/up"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("finds what git would, roughly, and follows no link", async () => {
    const files = await createFileSource(root).list(new AbortController().signal);
    expect(files).toEqual(
      [
        ".gitignore",
        "a.ts",
        "a".repeat(200),
        "keep.log",
        "local.ts",
        "docs/end.md",
        "pkg/.gitignore",
        "pkg/only-root",
      ].sort((a, b) => files.indexOf(a) - files.indexOf(b)),
    );
    expect(files).toHaveLength(8);
  });

  it("ends at its limit and where it is told to", async () => {
    expect(await createFileSource(root, 3).list(new AbortController().signal)).toHaveLength(3);
    expect(await createFileSource(root).list(AbortSignal.abort())).toEqual([]);
    expect(await createFileSource(join(root, "none")).list(new AbortController().signal)).toEqual([]);
  });
});
