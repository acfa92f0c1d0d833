import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSessionId, sessionLayout } from "../../src/project/layout.ts";
import { loadSettings } from "../../src/project/load-settings.ts";
import { defaultSettings } from "../../src/project/parse-settings.ts";
import { ensurePmDir } from "../../src/project/pm-dir.ts";
import { loadReplConfig } from "../../src/project/repl-config.ts";
import { initProject } from "../../src/project/scaffold.ts";
import { assertWritable, findProjectProblems, validateProject } from "../../src/project/validate-project.ts";
import { temporaryDir } from "./temporary-dir.ts";

const codes = async (dir: string) => (await findProjectProblems(dir)).map(({ code }) => code);
const ALL = [
  ".claude/",
  ".claude/agents/",
  ".claude/rules/",
  ".claude/CLAUDE.md",
  ".claude/settings.json",
  ".claude/agents/.gitkeep",
  ".claude/rules/.gitkeep",
];

/** Root may do everything, so where root runs the tests permissions are tried as somebody else. */
async function asOrdinaryUser(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe("initProject", () => {
  it("makes a valid project with every default, and says what it made", async () => {
    const dir = await temporaryDir();
    expect(await initProject(dir)).toEqual({ root: dir, created: ALL, kept: [] });
    expect(await codes(dir)).toEqual([]);
    expect((await loadSettings(dir)).settings).toEqual(defaultSettings());
    expect(await initProject(dir)).toEqual({ root: dir, created: [], kept: ALL });
  });
  it("changes nothing that is there and leaves nothing behind", async () => {
    const dir = await temporaryDir({
      ".claude/settings.json": '{"model":"opus"}',
      ".claude/CLAUDE.md": "mine",
    });
    expect((await initProject(dir)).kept).toContain(".claude/settings.json");
    expect(await readFile(join(dir, ".claude/settings.json"), "utf8")).toBe('{"model":"opus"}');
    expect(await readFile(join(dir, ".claude/CLAUDE.md"), "utf8")).toBe("mine");
    expect((await readdir(join(dir, ".claude"))).sort()).toEqual([
      "CLAUDE.md",
      "agents",
      "rules",
      "settings.json",
    ]);
  });
  it("writes through no link that leads out of the project", async () => {
    const [dir, outside] = [await temporaryDir(), await temporaryDir()];
    await symlink(outside, join(dir, ".claude"));
    await expect(initProject(dir)).rejects.toMatchObject({ code: "E104" });
    expect(await readdir(outside)).toEqual([]);
  });
  it("names what stands in the way", async () => {
    const dir = await temporaryDir({ ".claude": "a file", file: "" });
    await expect(initProject(dir)).rejects.toMatchObject({ code: "E122" });
    await expect(initProject(join(dir, "none"))).rejects.toMatchObject({ code: "E101" });
    await expect(initProject(join(dir, "file"))).rejects.toMatchObject({ code: "E102" });
  });
});

describe("validateProject", () => {
  it("gives the layout under the real path", async () => {
    const [dir, other] = [await temporaryDir(), await temporaryDir()];
    await initProject(dir);
    await symlink(dir, join(other, "link"));
    expect((await validateProject(join(other, "link"))).root).toBe(dir);
  });
  it.each([["CLAUDE.md"], ["settings.json"], ["agents"], ["rules"]])(
    "is E106 without .claude/%s, and names the fix",
    async (name) => {
      const dir = await temporaryDir();
      await initProject(dir);
      await rm(join(dir, ".claude", name), { recursive: true });
      const [problem, ...others] = await findProjectProblems(dir);
      expect(others).toEqual([]);
      expect(problem).toMatchObject({
        code: "E106",
        message: `${join(dir, ".claude", name)} is missing.`,
        hint: `Run: pm init --project ${dir}`,
      });
    },
  );
  it("tells all that is missing", async () => {
    const dir = await temporaryDir({ ".claude/settings.json": "{" });
    expect(await codes(dir)).toEqual(["E106", "E106", "E106", "E107"]);
  });
  it("knows no directory, no project and no folder", async () => {
    const dir = await temporaryDir({ file: "" });
    expect(await codes(join(dir, "none"))).toEqual(["E101"]);
    expect(await codes(join(dir, "file", "x"))).toEqual(["E101"]);
    expect(await codes(join(dir, "file"))).toEqual(["E102"]);
    expect(await codes(dir)).toEqual(["E105"]);
    const [problem] = await findProjectProblems(dir);
    expect(problem?.hint).toBe(`Run: pm init --project ${dir}`);
    await expect(validateProject(dir)).rejects.toMatchObject({ code: "E105" });
  });
  it("quotes a path in the command that it names", async () => {
    const dir = join(await temporaryDir(), "a b");
    await mkdir(dir);
    expect((await findProjectProblems(dir))[0]?.hint).toBe(`Run: pm init --project '${dir}'`);
  });
  it("is E122 where a file stands for a folder, or the reverse", async () => {
    const dir = await temporaryDir({
      ".claude/agents": "",
      ".claude/settings.json/x": "",
      ".claude/CLAUDE.md": "",
      ".claude/rules/x": "",
    });
    expect((await codes(dir)).sort()).toEqual(["E122", "E122"]);
  });
  it("follows no link out of the project, for reading or for evidence", async () => {
    const [dir, outside] = [await temporaryDir(), await temporaryDir({ "settings.json": "{}" })];
    await initProject(dir);
    await rm(join(dir, ".claude/settings.json"));
    await symlink(join(outside, "settings.json"), join(dir, ".claude/settings.json"));
    expect(await codes(dir)).toEqual(["E103"]);
    await rm(join(dir, ".claude/settings.json"));
    await writeFile(join(dir, ".claude/settings.json"), "{}");
    await symlink(outside, join(dir, ".pm"));
    expect(await codes(dir)).toEqual(["E104"]);
    await expect(ensurePmDir(dir)).rejects.toMatchObject({ code: "E104" });
  });
  it("reports settings with path and range", async () => {
    const dir = await temporaryDir();
    await initProject(dir);
    await writeFile(join(dir, ".claude/settings.json"), '{"task_limits":{"files":21}}');
    expect((await findProjectProblems(dir))[0]).toMatchObject({
      code: "E108",
      message: expect.stringContaining("task_limits.files is 21; allowed: 1 to 20"),
    });
  });
  it("is tried for writing without a trace, also where a pm was killed while it tried", async () => {
    const dir = await temporaryDir();
    await initProject(dir);
    const layout = await validateProject(dir);
    await writeFile(join(dir, ".pm-probe-4d164b20-045b-42b0-8617-1a6f3ae35127.tmp"), "");
    await writeFile(join(dir, ".pm-probe-notes.tmp"), "the user's own");
    await assertWritable(layout);
    expect((await readdir(dir)).sort()).toEqual([".claude", ".pm-probe-notes.tmp"]);
  });
  it("is E103 where it may not be read, E104 where not written", async () => {
    const dir = await temporaryDir();
    await initProject(dir);
    const layout = await validateProject(dir);
    await assertWritable(layout);
    expect(await readdir(dir)).toEqual([".claude"]);
    await chmod(dir, 0o555);
    await asOrdinaryUser(() => expect(assertWritable(layout)).rejects.toMatchObject({ code: "E104" }));
    await chmod(dir, 0o000);
    await asOrdinaryUser(async () => expect(await codes(dir)).toEqual(["E103"]));
    await chmod(dir, 0o755);
  });
});

describe("the .pm folder", () => {
  it("ignores itself, and stays as it is", async () => {
    const dir = await temporaryDir();
    const path = await ensurePmDir(dir);
    expect(await readFile(join(path, ".gitignore"), "utf8")).toBe("*\n");
    await writeFile(join(path, ".gitignore"), "mine");
    await ensurePmDir(dir);
    expect(await readFile(join(path, ".gitignore"), "utf8")).toBe("mine");
  });
});

describe("session ids", () => {
  it("become paths only in their own form", () => {
    expect(sessionLayout("/p", "session-1a").journal).toBe("/p/.pm/sessions/session-1a/journal.jsonl");
    expect(() => parseSessionId("")).toThrow(expect.objectContaining({ code: "E201" }));
    expect(() => parseSessionId(undefined)).toThrow(expect.objectContaining({ code: "E201" }));
    for (const id of [
      "x",
      "session-",
      "session-../x",
      "session-A",
      "session-a/b",
      "session-a\n",
      `session-${"a".repeat(41)}`,
      "../session-a",
    ]) {
      expect(() => sessionLayout("/p", id)).toThrow(expect.objectContaining({ code: "E202" }));
    }
  });
});

describe("repl.json", () => {
  it("is empty where missing, strict where there", async () => {
    const dir = await temporaryDir({
      "a/.claude/repl.json": '{"provider":"claude-code","model":null}',
      "b/.claude/repl.json": '{"providr":"x"}',
      "c/.claude/repl.json": "{",
      "d/.claude/repl.json": '{"provider":3}',
    });
    expect(await loadReplConfig(dir)).toEqual({});
    expect(await loadReplConfig(join(dir, "a"))).toEqual({ provider: "claude-code", model: null });
    await expect(loadReplConfig(join(dir, "b"))).rejects.toMatchObject({
      code: "E108",
      message: expect.stringContaining("providr"),
    });
    await expect(loadReplConfig(join(dir, "c"))).rejects.toMatchObject({ code: "E107" });
    await expect(loadReplConfig(join(dir, "d"))).rejects.toMatchObject({ code: "E108" });
  });
});
