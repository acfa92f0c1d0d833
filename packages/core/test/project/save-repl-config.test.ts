import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadReplConfig } from "../../src/project/repl-config.ts";
import { saveReplConfig } from "../../src/project/save-repl-config.ts";
import { temporaryDir } from "./temporary-dir.ts";

const project = (text?: string) =>
  temporaryDir({ ".claude/CLAUDE.md": "", ...(text !== undefined && { ".claude/repl.json": text }) });

describe("saveReplConfig", () => {
  it("keeps what a change leaves out, whatever the order", async () => {
    const name = fc.stringMatching(/^[a-z0-9:./[\]-]{1,30}$/);
    const change = fc.record(
      { provider: name, model: fc.option(name) },
      { requiredKeys: [], noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 5 }), async (changes) => {
        const root = await project();
        let expected = {};
        for (const each of changes) {
          await saveReplConfig(root, each);
          expected = { ...expected, ...each };
        }
        const { provider, model } = await loadReplConfig(root);
        expect({ provider, model: model ?? null }).toEqual({
          ...{ provider: undefined, model: null },
          ...expected,
        });
      }),
      { numRuns: 30 },
    );
  });

  it("leaves one readable file, with the mode that it had", async () => {
    const root = await project('{"provider":"claude-code"}');
    const path = join(root, ".claude", "repl.json");
    await chmod(path, 0o664);
    await saveReplConfig(root, { model: "opus" });
    expect(await readFile(path, "utf8")).toBe('{\n  "provider": "claude-code",\n  "model": "opus"\n}\n');
    expect((await stat(path)).mode & 0o777).toBe(0o664);
    expect((await readdir(join(root, ".claude"))).sort()).toEqual(["CLAUDE.md", "repl.json"]);
  });

  it.each([
    ["{", "E107"],
    ['{"provder":"x"}', "E108"],
    ['{"model":7}', "E108"],
  ])("refuses to touch %s (%s)", async (text, code) => {
    const root = await project(text);
    await expect(saveReplConfig(root, { provider: "openai" })).rejects.toMatchObject({ code });
    expect(await readFile(join(root, ".claude", "repl.json"), "utf8")).toBe(text);
  });

  it("says where there is no .claude folder, and makes none", async () => {
    const root = await temporaryDir();
    await expect(saveReplConfig(root, { provider: "openai" })).rejects.toMatchObject({ code: "E105" });
    expect(await readdir(root)).toEqual([]);
  });

  it("follows no link out of the project", async () => {
    const outside = await temporaryDir({ "repl.json": "{}" });
    const root = await temporaryDir();
    await symlink(outside, join(root, ".claude"));
    await expect(saveReplConfig(root, { provider: "openai" })).rejects.toMatchObject({ code: "E104" });
    const other = await temporaryDir();
    await mkdir(join(other, ".claude"));
    await writeFile(join(other, "real.json"), "{}");
    await symlink(join(other, "real.json"), join(other, ".claude", "repl.json"));
    await expect(saveReplConfig(other, { provider: "openai" })).rejects.toMatchObject({ code: "E104" });
    expect(await readFile(join(other, "real.json"), "utf8")).toBe("{}");
  });
});
