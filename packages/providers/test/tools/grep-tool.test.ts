import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findProgram } from "../support/find-program.ts";
import { openTestTools, type TestTools } from "../support/test-tools.ts";

const ENGINES = [...(findProgram("rg") === null ? [] : ["rg"]), "git"];

describe.each(ENGINES)("grep by %s", (engine) => {
  let tools: TestTools;
  let bin: string;
  beforeEach(() => {
    // A PATH with this one alone.
    bin = mkdtempSync(join(tmpdir(), "pm-bin-"));
    symlinkSync(findProgram(engine) ?? "", join(bin, engine));
    tools = openTestTools({ env: { PATH: bin } });
    tools.put("src/a.ts", "const one = 1;\nconst two = 2;\nconst three = 3;\n");
    tools.put("src/b.js", "CONST one\n");
    tools.put("node_modules/c.ts", "const one\n");
    tools.put(".gitignore", "out/\n");
    tools.put("out/d.ts", "const one\n");
    tools.put("e.bin", Buffer.from("const one\0"));
  });
  afterEach(async () => {
    await tools.close();
    rmSync(bin, { recursive: true, force: true });
  });
  const grep = async (input: object) => await tools.ask("grep", input);

  it("shows path, line and text, without what is ignored, binary or a dependency", async () => {
    expect(await grep({ pattern: "const (one|t)" })).toEqual({
      text: "src/a.ts:1:const one = 1;\nsrc/a.ts:2:const two = 2;\nsrc/a.ts:3:const three = 3;",
      isError: false,
      denied: null,
    });
  });

  it("keeps to a path, a glob, and takes case and context as asked", async () => {
    expect((await grep({ pattern: "const one", ignore_case: true, glob: "*.js" })).text).toBe(
      "src/b.js:1:CONST one",
    );
    expect((await grep({ pattern: "const one", ignore_case: true, glob: "*.js", path: "src" })).text).toBe(
      "src/b.js:1:CONST one",
    );
    expect((await grep({ pattern: "two", path: "src/a.ts", context: 1 })).text).toBe(
      "src/a.ts-1-const one = 1;\nsrc/a.ts:2:const two = 2;\nsrc/a.ts-3-const three = 3;",
    );
  });

  it("says that nothing matches, and what is wrong with a pattern", async () => {
    expect(await grep({ pattern: "nowhere" })).toMatchObject({ text: "[no line matches]", isError: false });
    expect(await grep({ pattern: "-one" })).toMatchObject({ text: "[no line matches]", isError: false });
    expect(await grep({ pattern: "(" })).toMatchObject({ isError: true, denied: null });
  });

  it("leaves out the middle of too much", async () => {
    tools.put("many.txt", "a line that matches\n".repeat(20_000));
    tools.put("wide.txt", `${"matches ".repeat(500_000)}\n`);
    const many = await grep({ pattern: "matches", path: "many.txt" });
    expect(many.text).toMatch(/bytes left out/);
    expect(many.text).toContain("many.txt:20000:");
    expect(Buffer.byteLength(many.text)).toBeLessThan(50_000);
    const wide = await grep({ pattern: "matches", path: "wide.txt" });
    expect(wide.isError).toBe(false);
    expect(Buffer.byteLength(wide.text)).toBeLessThan(50_000);
  });
});
