import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectMemory } from "../../src/shared/project-memory.ts";

let dir: string;
let root: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "pm-memory-")));
  root = join(dir, "project");
  mkdirSync(join(root, ".claude"), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(root, name), text);

describe("the project's words to agents", () => {
  it("are both files of Claude Code's, and AGENTS.md only without them", async () => {
    expect(await projectMemory(root)).toBeNull();
    write("AGENTS.md", "common");
    expect(await projectMemory(root)).toBe("AGENTS.md of this project:\n\ncommon");
    write("CLAUDE.md", "first");
    write(".claude/CLAUDE.md", "second");
    const memory = await projectMemory(root);
    expect(memory).toMatch(/first[\s\S]*second/);
    expect(memory).not.toContain("common");
  });

  it("are followed through a link inside the project, never out of it", async () => {
    writeFileSync(join(dir, "secret"), "secret");
    symlinkSync(join(dir, "secret"), join(root, "CLAUDE.md"));
    expect(await projectMemory(root)).toBeNull();
    write("AGENTS.md", "common");
    symlinkSync("../AGENTS.md", join(root, ".claude/CLAUDE.md"));
    expect(await projectMemory(root)).toContain("common");
  });

  it("fit into one argument of a process, however long they are", async () => {
    write("CLAUDE.md", "ä".repeat(200_000));
    const memory = (await projectMemory(root)) ?? "";
    expect(Buffer.byteLength(memory)).toBeLessThan(70_000);
    expect(memory).toContain("[cut here");
  });

  it("are none where the folder is gone", async () => {
    expect(await projectMemory(join(dir, "nowhere"))).toBeNull();
  });
});
