import { chmodSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestTools, type TestTools } from "../support/test-tools.ts";

let tools: TestTools;
beforeEach(() => {
  tools = openTestTools();
});
afterEach(() => tools.close());

const ok = (text: string) => ({ text, isError: false, denied: null });
const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

describe("read", () => {
  it("numbers lines and says where a window ends", async () => {
    tools.put("a.txt", `${lines(5).join("\n")}\n`);
    expect(await tools.ask("read", { path: "a.txt", offset: 2, limit: 2 })).toEqual(
      ok("     2\tline 2\n     3\tline 3\n[more follows: read on with offset 4]"),
    );
  });

  it("shows a last line without a newline, and lines that end with CRLF without their ends", async () => {
    tools.put("a.txt", "one\r\ntwo\r\nthree");
    expect(await tools.ask("read", { path: "a.txt" })).toEqual(ok("     1\tone\n     2\ttwo\n     3\tthree"));
  });

  it("cuts a line of 10 MB and goes on behind it", async () => {
    tools.put("a.txt", `${"x".repeat(10_000_000)}\nlast\n`);
    const { text } = await tools.ask("read", { path: "a.txt" });
    expect(text).toBe(`     1\t${"x".repeat(2_000)} [line cut here]\n     2\tlast`);
  });

  it("shows no more than a window of a big file", async () => {
    tools.put("big.txt", "some words on a line\n".repeat(500_000));
    const { text } = await tools.ask("read", { path: "big.txt", limit: 10_000 });
    expect(text.length).toBeLessThan(50_000);
    const next = /read on with offset (\d+)\]$/.exec(text)?.[1];
    const second = await tools.ask("read", { path: "big.txt", offset: Number(next), limit: 1 });
    expect(second.text.split("\n")[0]).toBe(`${String(next).padStart(6)}\tsome words on a line`);
  });

  it("says what an empty file is, and where there is no such line", async () => {
    tools.put("empty.txt", "");
    tools.put("a.txt", "one\n");
    expect(await tools.ask("read", { path: "empty.txt" })).toEqual(ok("[the file is empty]"));
    const beyond = await tools.ask("read", { path: "a.txt", offset: 9 });
    expect(beyond).toEqual({ text: "a.txt has 1 lines, none at offset 9", isError: true, denied: null });
  });

  it("refuses a binary file, a folder and what is not there, without a denial", async () => {
    tools.put("a.bin", Buffer.from([1, 0, 2]));
    tools.put("src/a.txt", "");
    const seen = await Promise.all(["a.bin", "src", "none.txt"].map((path) => tools.ask("read", { path })));
    expect(seen.map(({ isError, denied }) => [isError, denied])).toEqual(Array(3).fill([true, null]));
    expect(seen.map(({ text }) => text.split(": ").at(-1))).toEqual([
      "a.bin is a binary file",
      "src is a folder",
      "there is no such file or folder",
    ]);
  });
});

describe("write", () => {
  it("makes the folders above a file, and keeps the mode of one that was there", async () => {
    expect(await tools.ask("write", { path: "a/b/c.sh", content: "é" })).toEqual(
      ok("created a/b/c.sh (2 bytes)"),
    );
    chmodSync(join(tools.run.workspace, "a/b/c.sh"), 0o755);
    expect(await tools.ask("write", { path: "a/b/c.sh", content: "" })).toEqual(
      ok("replaced a/b/c.sh (0 bytes)"),
    );
    expect(statSync(join(tools.run.workspace, "a/b/c.sh")).mode & 0o777).toBe(0o755);
    expect(tools.get("a/b/c.sh").length).toBe(0);
  });

  it("says so where a folder of the path is a file, or the path a folder", async () => {
    tools.put("a", "");
    tools.put("dir/x", "");
    for (const path of ["a/b.txt", "a/b/c.txt", "dir", "."]) {
      const outcome = await tools.ask("write", { path, content: "x" });
      expect(outcome, path).toMatchObject({ isError: true, denied: null });
      expect(outcome.text, path).toMatch(/folder/);
    }
  });
});

describe("edit", () => {
  it("counts the places of a text that is not unique, and replaces all where asked", async () => {
    tools.put("a.txt", "x = 1\ny = 1\n");
    const input = { path: "a.txt", old_string: "= 1", new_string: "= $& $1" };
    const refused = await tools.ask("edit", input);
    expect(refused).toMatchObject({ isError: true, denied: null });
    expect(refused.text).toContain("2 times (lines 1, 2)");
    expect(tools.get("a.txt").toString()).toBe("x = 1\ny = 1\n");
    expect(await tools.ask("edit", { ...input, replace_all: true })).toEqual(
      ok("replaced 2 places in a.txt"),
    );
    expect(tools.get("a.txt").toString()).toBe("x = $& $1\ny = $& $1\n");
  });

  it("names the nearest line where the text is not there", async () => {
    tools.put("a.js", "let a;\n  const total = price * count;\n");
    const { text, isError } = await tools.ask("edit", {
      path: "a.js",
      old_string: "const total = price*count",
      new_string: "",
    });
    expect(isError).toBe(true);
    expect(text).toContain("nowhere in a.js; the nearest is line 2:   const total = price * count;");
  });

  it("keeps CRLF line ends, a BOM and bytes that are not UTF-8", async () => {
    tools.put("a.txt", Buffer.from("\ufeffone\r\ntwo\r\n\xff\xfe three\r\n", "latin1"));
    expect(await tools.ask("edit", { path: "a.txt", old_string: "one\ntwo", new_string: "1\n2\n3" })).toEqual(
      ok("replaced 1 place in a.txt"),
    );
    expect(tools.get("a.txt")).toEqual(Buffer.from("\ufeff1\r\n2\r\n3\r\n\xff\xfe three\r\n", "latin1"));
  });

  it("leaves no tail of the old text behind a shorter one", async () => {
    tools.put("a.txt", "a long text indeed");
    await tools.ask("edit", { path: "a.txt", old_string: "a long text indeed", new_string: "short" });
    expect(tools.get("a.txt").toString()).toBe("short");
  });
});

describe("list and glob", () => {
  it("mark folders and symlinks, sorted, and leave out what is too much", async () => {
    tools.put("b/x", "");
    tools.put("a.txt", "");
    tools.put(".hidden", "");
    symlinkSync("a.txt", join(tools.run.workspace, "link"));
    expect(await tools.ask("list", {})).toEqual(ok(".hidden\na.txt\nb/\nlink@"));
    for (let index = 0; index < 1_100; index += 1) tools.put(`many/${index}`, "");
    expect((await tools.ask("list", { path: "many" })).text).toMatch(/\[100 more entries left out\]$/);
    expect((await tools.ask("glob", { pattern: "many/*" })).text).toMatch(/\[100 more files left out\]$/);
  });

  it("leave dependency folders out unless they are named", async () => {
    for (const path of ["src/a.ts", "src/deep/b.ts", "node_modules/x/c.ts", ".git/d.ts", ".github/e.ts"]) {
      tools.put(path, "");
    }
    expect((await tools.ask("glob", { pattern: "**/*.ts" })).text).toBe(
      ".github/e.ts\nsrc/a.ts\nsrc/deep/b.ts",
    );
    expect((await tools.ask("glob", { pattern: "node_modules/*/*.ts" })).text).toBe("node_modules/x/c.ts");
    expect((await tools.ask("glob", { pattern: "*.ts", path: "src" })).text).toBe("src/a.ts");
    expect(await tools.ask("glob", { pattern: "*.py" })).toEqual(ok("[no file matches *.py]"));
  });

  it("say so where there is no such folder, or it is a file", async () => {
    tools.put("a.txt", "");
    expect(await tools.ask("list", { path: "none" })).toMatchObject({ isError: true, denied: null });
    expect((await tools.ask("glob", { path: "a.txt", pattern: "*" })).text).toBe(
      "a.txt is a file, not a folder",
    );
  });
});

describe("what a model gives", () => {
  it.each([
    ["read", {}, /path: /],
    ["read", { path: 3 }, /path: /],
    ["read", { path: "a", offset: 0 }, /offset: /],
    ["read", { path: "a", lines: 3 }, /"lines"/],
    ["write", { path: "a", content: "\ud800" }, /content: holds half a character/],
    ["edit", { path: "a", old_string: "", new_string: "b" }, /old_string: /],
    ["edit", { path: "a", old_string: "b", new_string: "b" }, /new_string: is the same/],
    ["shell", { argv: "rm -rf /" }, /argv: /],
    ["shell", { argv: [""] }, /argv: names no program/],
    ["shell", { argv: ["echo", "a\0b"] }, /argv\.1: holds a NUL/],
    ["shell", "ls", /the input of shell/],
    [
      "bash",
      { command: "ls" },
      /there is no tool bash; there are read, list, glob, grep, write, edit, shell/,
    ],
    ["toString", {}, /there is no tool toString/],
  ])("%s %j is answered with what is wrong", async (name, input, expected) => {
    const outcome = await tools.ask(name, input);
    expect(outcome).toMatchObject({ isError: true, denied: null });
    expect(outcome.text).toMatch(expected);
  });
});
