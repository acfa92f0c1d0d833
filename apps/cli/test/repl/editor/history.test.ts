import { execFile } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { editorFiles } from "../../../src/repl/editor/storage/editor-files.ts";
import { openHistory } from "../../../src/repl/editor/storage/history.ts";
import { builtEditor } from "./built-editor.ts";

let home: string;
let file: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pm-history-"));
  file = editorFiles(home, "/work/project").history;
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("the history", () => {
  it("is there for the next REPL of the project, newest first, and for the user only", () => {
    const first = openHistory(file);
    for (const text of ["one", "two\nlines", "two\nlines", "  ", "three"]) first.add(text);
    expect(first.entries()).toEqual(["three", "two\nlines", "one"]);
    expect(openHistory(file).entries()).toEqual(first.entries());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
    expect(openHistory(editorFiles(home, "/work/other").history).entries()).toEqual([]);
  });

  it("keeps nothing secret, neither on disk nor in memory", () => {
    const history = openHistory(file, { secret: (text) => text.startsWith("/keys set") });
    history.add("/help");
    history.add("/keys set anthropic sk-secret");
    expect(history.entries()).toEqual(["/help"]);
    expect(readFileSync(file, "utf8")).not.toContain("sk-secret");
  });

  it("passes over damaged lines, and goes on behind one that was cut off", () => {
    openHistory(file).add("one");
    appendFileSync(file, '\u0000\u0000\n{"text":7}\n[]\nnull\n{"text":"cut o');
    chmodSync(file, 0o644);
    openHistory(file).add("two");
    expect(openHistory(file).entries()).toEqual(["two", "one"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("gives the newest 1,000 and keeps at most two files of them", () => {
    for (let round = 0; round < 4; round++) {
      const history = openHistory(file);
      for (let index = 0; index < 700; index++) history.add(`entry ${round * 700 + index}`);
    }
    const entries = openHistory(file).entries();
    expect(entries).toHaveLength(1000);
    expect([entries[0], entries[999]]).toEqual(["entry 2799", "entry 1800"]);
    const lines = [file, `${file}.1`].map((path) =>
      existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0,
    );
    expect(Math.max(...lines)).toBeLessThanOrEqual(1700);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it("grows by bytes to a limit too", () => {
    for (let round = 0; round < 5; round++)
      openHistory(file, { maxBytes: 100_000 }).add(`${round}${"x".repeat(200_000)}`);
    expect(openHistory(file, { maxBytes: 1e9 }).entries()).toHaveLength(2);
  });

  it("goes on in memory where the file cannot be written, and follows no link", () => {
    writeFileSync(join(home, "repl"), "a file where the directory should be");
    const history = openHistory(file);
    history.add("one");
    expect([history.entries(), typeof history.problem()]).toEqual([["one"], "string"]);
    const target = join(home, "target");
    writeFileSync(target, "");
    symlinkSync(target, join(home, "link.jsonl"));
    const linked = openHistory(join(home, "link.jsonl"));
    linked.add("one");
    expect([readFileSync(target, "utf8"), typeof linked.problem()]).toEqual(["", "string"]);
  });

  it("loses no entry of four processes that write and rotate at once", async () => {
    const script = join(home, "write.mjs");
    writeFileSync(
      script,
      `import { openHistory } from ${JSON.stringify(await builtEditor(home))};
       for (let index = 0; index < 60; index++) openHistory(${JSON.stringify(file)}, { limit: 140 }).add(process.argv[2] + index);`,
    );
    const run = promisify(execFile);
    await Promise.all(["a", "b", "c", "d"].map((name) => run(process.execPath, [script, name])));
    const entries = openHistory(file, { limit: 1000 }).entries();
    expect(new Set(entries).size).toBe(240);
  });
});
