/** What people get wrong, and what the built `pm` answers: a code, the place, and the command that mends it. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FIXED_SLUG, PROMPT } from "../../packages/core/test/support/honest-script.ts";
import { recordedSession } from "../support/recorded-session.ts";
import { type PmRun, resultOf, spawnPm } from "../support/run-pm.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface Reported {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** The error on stdout; that parsing succeeds shows that nothing else is there. */
function errorOf(run: PmRun): Reported {
  return (JSON.parse(run.stdout) as { error: Reported }).error;
}

const SETTINGS = ".claude/settings.json";

describe("a project that is none", () => {
  it("without .claude is E105 and names pm init, which mends it", async () => {
    const { project, pm } = recordedSession();
    rmSync(join(project, ".claude"), { recursive: true });
    const run = await pm(["start", "x", "--project", project, "--json"]);
    expect(run.code).toBe(1);
    expect(errorOf(run)).toMatchObject({ code: "E105", hint: `Run: pm init --project ${project}` });
    expect(existsSync(join(project, ".pm"))).toBe(false);
    await pm(["init", "--project", project]);
    expect((await pm(["validate", "--project", project])).code).toBe(0);
  });

  it.each(["CLAUDE.md", "settings.json", "agents", "rules"])(
    "without .claude/%s is E106 and names it",
    async (name) => {
      const { project, pm } = recordedSession();
      rmSync(join(project, ".claude", name), { recursive: true });
      const error = errorOf(await pm(["start", "x", "--project", project, "--json"]));
      expect(error).toMatchObject({ code: "E106", message: expect.stringContaining(`.claude/${name}`) });
    },
  );

  it.each([
    ['{\n  "task_limits": {\n    "files": 5,,\n  }\n}', "E107", "settings.json:3:16"],
    ['{"task_limits":{"files":21}}', "E108", "task_limits.files is 21; allowed: 1 to 20"],
    ['{"timeouts":{"deadlock_timeout_seconds":29}}', "E108", "29; allowed: 30 to 300"],
    ['{"task_limit":{}}', "E108", "did you mean task_limits?"],
  ])("with the settings %s is %s and tells the place", async (text, code, place) => {
    const { pm, startArgs, project } = recordedSession({ [SETTINGS]: text });
    expect(errorOf(await pm(startArgs))).toMatchObject({ code, message: expect.stringContaining(place) });
    expect(existsSync(join(project, ".pm"))).toBe(false);
  });

  it("keeps Claude Code's own settings beside ours", async () => {
    const own = { permissions: { allow: ["Bash(ls)"] }, hooks: {}, model: "opus", env: { A: "b" } };
    const { pm, project } = recordedSession({ [SETTINGS]: JSON.stringify(own) });
    expect((await pm(["validate", "--project", project])).code).toBe(0);
  });

  it.each([
    ["/nonexistent/folder", "E101"],
    ["/etc/passwd", "E102"],
    [`/${"x".repeat(5_000)}`, "E119"],
  ])("at %.30s is %s", async (path, code) => {
    const { pm } = recordedSession();
    expect(errorOf(await pm(["start", "x", "--project", path, "--json"])).code).toBe(code);
  });
});

describe("the root and a home folder", () => {
  it("are no project, though they may look like one, and pm init does not make them one", async () => {
    const { pm, project } = recordedSession();
    for (const [dir, env] of [
      ["/", {}],
      [project, { HOME: project }],
    ] as const) {
      for (const command of ["start", "validate", "init"]) {
        const run = await pm([command, "--project", dir, "--json"], env);
        expect(errorOf(run)).toMatchObject({
          code: "E124",
          hint: "Give --project the folder of one project.",
        });
      }
    }
    expect(existsSync(join(project, ".pm"))).toBe(false);
  });
});

describe("an ordinary user", () => {
  const asNobody = (args: readonly string[], env: Record<string, string>) => {
    // Root may read and write all there is; whoever else runs the tests is an ordinary user already.
    const asRoot = process.getuid?.() === 0;
    const drop = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
    const [command = "", ...words] = [...(asRoot ? drop : []), process.execPath];
    const launcher = new URL("../../apps/cli/bin/pm.js", import.meta.url).pathname;
    try {
      const stdout = execFileSync(command, [...words, launcher, ...args], {
        env: { PATH: process.env.PATH, ...env },
        stdio: ["ignore", "pipe", "pipe"],
        encoding: "utf8",
      });
      return { code: 0, stdout, stderr: "" };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { code: status, stdout, stderr };
    }
  };

  it("gets E104 for a project they may not write, and E103 for one they may not read", () => {
    const { project, startArgs, folder } = recordedSession();
    const env = { HOME: "/nonexistent", PM_HOME: join(folder, "home") };
    chmodSync(folder, 0o777);
    chmodSync(project, 0o555);
    expect(errorOf(asNobody(startArgs, env)).code).toBe("E104");
    chmodSync(project, 0o000);
    expect(errorOf(asNobody(startArgs, env)).code).toBe("E103");
    chmodSync(project, 0o755);
    expect(readdirSync(project)).not.toContain(".pm");
  });

  it("gets E123 where pm's home folder can't be written, and no session is begun", () => {
    const { project, startArgs, folder, sessions } = recordedSession();
    chmodSync(folder, 0o555);
    if (process.getuid?.() === 0) execFileSync("chown", ["-R", "65534", project]);
    const run = asNobody(startArgs, { HOME: "/nonexistent", PM_HOME: join(folder, "home") });
    expect(errorOf(run)).toMatchObject({ code: "E123", hint: expect.stringContaining("PM_HOME") });
    chmodSync(folder, 0o755);
    expect(sessions()).toEqual([]);
  });
});

describe("a machine that lacks something", () => {
  it("without git is E110, with one that is too old too, and nothing is left but the folder", async () => {
    const { pm, startArgs, sessions } = recordedSession();
    const bin = tempFolder();
    expect(errorOf(await pm(startArgs, { PATH: bin })).code).toBe("E110");
    writeFileSync(join(bin, "git"), "#!/bin/sh\necho git version 2.11.0\n", { mode: 0o755 });
    expect(errorOf(await pm(startArgs, { PATH: `${bin}:${process.env.PATH}` })).code).toBe("E110");
    expect(sessions()).toEqual([]);
  });

  it.each([
    ["absent", null, "E501", "npm install -g @anthropic-ai/claude-code"],
    ["too old", 'echo "1.0.3 (Claude Code)"', "E502", "npm install -g @anthropic-ai/claude-code@latest"],
    [
      "not logged in",
      `[ "$1" = auth ] && echo '{"loggedIn":false}' || echo "2.1.330 (Claude Code)"`,
      "E503",
      "claude auth login",
    ],
  ])("with a claude that is %s names the command that mends it", async (_, script, code, fix) => {
    const { pm, project, sessions } = recordedSession();
    const claude = join(tempFolder(), "claude");
    if (script !== null) writeFileSync(claude, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const run = await pm(["start", "x", "--project", project, "--json"], { PM_CLAUDE_BIN: claude });
    expect(run.code).toBe(1);
    expect(errorOf(run)).toMatchObject({ code, hint: expect.stringContaining(fix) });
    expect(sessions()).toEqual([]);
  });
});

describe("a session id", () => {
  it.each([
    [[], "E201", 2],
    [["nope"], "E202", 2],
    [["../../../etc/passwd"], "E202", 2],
    [["session-../../x"], "E202", 2],
    [["session-unknown1"], "E203", 1],
  ])("%j is %s for every command that takes one", async (words, code, exit) => {
    const { pm } = recordedSession();
    const isPath = words.some((word) => word.includes("/"));
    // To pm verify what is no id by its letters names an exported file.
    const commands = ["status", "continue", "approve", "cancel", "replay", "export"];
    const verify = isPath ? [] : ["verify"];
    const runs = await Promise.all(
      [...commands, ...verify].map((command) => pm([command, ...words, "--json"])),
    );
    for (const run of runs) {
      expect(run.code).toBe(exit);
      expect(errorOf(run).code).toBe(code);
    }
  });

  it("that is a path is a file to pm verify, and one that pm export did not make proves nothing", async () => {
    const { pm } = recordedSession();
    const missing = await pm(["verify", "session-../../x", "--json"]);
    expect([missing.code, errorOf(missing).code]).toEqual([2, "E116"]);
    const foreign = await pm(["verify", "/etc/passwd", "--json"]);
    expect(foreign.code).toBe(5);
    expect(JSON.parse(foreign.stdout)).toMatchObject({ ok: false });
  });

  it("of a finished session is E204", async () => {
    const { pm, startArgs } = recordedSession();
    const { session_id, overall_status } = resultOf(await pm(startArgs));
    expect(overall_status).toBe("COMPLETE");
    expect(errorOf(await pm(["continue", session_id, "--json"])).code).toBe("E204");
  });

  it("of damaged evidence is INVALID, E3xx, and names the first bad line", async () => {
    const { pm, startArgs } = recordedSession();
    const { session_id, evidence_path } = resultOf(await pm(startArgs));
    const journal = join(evidence_path, "journal.jsonl");
    const lines = readFileSync(journal, "utf8").split("\n");
    lines[4] = lines[4]?.replace("REQUIREMENT_ANALYSIS", "REQUIREMENT_ANALYSES") ?? "";
    writeFileSync(journal, lines.join("\n"));
    const verified = await pm(["verify", session_id]);
    expect(verified.code).toBe(5);
    expect(verified.stdout).toContain("journal.jsonl:5");
    expect(resultOf(await pm(["status", session_id, "--json"]))).toMatchObject({
      overall_status: "INVALID",
      next_action: `pm verify ${session_id}`,
      violations: [{ code: "E302", message: expect.stringContaining("journal.jsonl:5") }],
    });
    for (const command of ["continue", "approve"]) {
      const error = errorOf(await pm([command, session_id, "--json"]));
      expect(error.code).toMatch(/^E3/);
      expect(error.message).toContain("journal.jsonl:5");
    }
    expect((await pm(["tasks", "--sessions"])).stdout).toContain("INVALID");
    rmSync(journal);
    expect(resultOf(await pm(["status", session_id, "--json"])).violations).toMatchObject([{ code: "E301" }]);
    expect((await pm(["verify", session_id])).code).toBe(5);
  });

  it("that another pm holds is E401 and names its pid and start; a dead holder's is taken over", async () => {
    // Long enough for three commands, on a busy machine too: the agent must still run when pm is killed.
    const session = recordedSession({}, { REQUIREMENT_ANALYSIS: 6_000 });
    const { child, printed, ended } = spawnPm(session.startArgs, session.env);
    await printed("REQUIREMENT_ANALYSIS started");
    const [id = ""] = session.sessions();
    const holder = new RegExp(`pid ${child.pid}, started \\d{4}-`);
    for (const command of ["continue", "approve"]) {
      const error = errorOf(await session.pm([command, id, "--json"]));
      expect(error).toMatchObject({ code: "E401", message: expect.stringMatching(holder) });
    }
    const { violations, next_action } = resultOf(await session.pm(["status", id, "--json"]));
    expect(violations).toMatchObject([{ code: "E401", message: expect.stringMatching(holder) }]);
    expect(next_action).toBe(`pm logs ${id}`);
    child.kill("SIGKILL");
    await ended;
    expect(errorOf(await session.pm(["continue", id, "--json"])).code).toBe("E205");
    await session.pm(["approve", id]);
    expect(resultOf(await session.pm(["continue", id, "--json"])).overall_status).toBe("COMPLETE");
  });
});

describe("a command line", () => {
  it.each([
    [["strat"], "E114", "Did you mean start?"],
    [["start", "--porject", "x"], "E115", "Did you mean --project?"],
    [["start", "--kind", "nope"], "E115", "allowed are change"],
    [["start", "x", "--namespace", "Bad_Name"], "E117", "Bad_Name"],
    [["start", ""], "E209", "empty"],
    [["start", "--file", "/nonexistent/task.md"], "E116", "/nonexistent/task.md"],
  ])("%j is a usage error with exit code 2", async (args, code, text) => {
    const { pm } = recordedSession();
    const run = await pm([...args, "--json"]);
    expect(run.code).toBe(2);
    expect(errorOf(run)).toMatchObject({ code, message: expect.stringContaining(text) });
    const plain = await pm(args);
    expect(plain).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(`${code} `) });
  });

  it.each([
    ["a NUL", "fix\0this"],
    ["no UTF-8", Buffer.from([0xff, 0xfe, 0x41])],
    ["more than a megabyte", "x".repeat(1024 * 1024 + 1)],
  ])("with a task file that holds %s is E116", async (_, content) => {
    const { pm, project } = recordedSession();
    const file = join(tempFolder(), "task.md");
    writeFileSync(file, content);
    const run = await pm(["start", "--file", file, "--project", project, "--json"]);
    expect(errorOf(run).code).toBe("E116");
  });

  it("with one word of a million letters ends soon, and with an error of the recording", async () => {
    const { pm, startArgs } = recordedSession();
    const file = join(tempFolder(), "task.md");
    writeFileSync(file, "a".repeat(1_000_000));
    const args = startArgs.map((arg) => (arg === PROMPT ? `--file=${file}` : arg));
    expect(resultOf(await pm(args)).violations[0]?.code).toBe("E509");
  });

  it("with control characters and emoji in the task shows none of the former", async () => {
    const { pm, startArgs } = recordedSession();
    const args = startArgs.map((arg) => (arg === PROMPT ? "fix \u001b[31mred\u001b[0m\u0007 👩‍👩‍👧" : arg));
    const run = await pm(args.filter((arg) => arg !== "--json"));
    expect(`${run.stdout}${run.stderr}`).not.toMatch(/[\u001b\u0007]/);
    expect(run.stdout).toContain("👩‍👩‍👧");
  });
});

describe("an odd project", () => {
  it("with a pipe, a nested repository, a link and a name with spaces in it works as any other", async () => {
    const { project, pm, startArgs } = recordedSession({ "späce dir/日本 .txt": "x\n" });
    execFileSync("mkfifo", [join(project, "pipe")]);
    mkdirSync(join(project, "nested"));
    execFileSync("git", ["init", "-q"], { cwd: join(project, "nested") });
    symlinkSync("/etc/passwd", join(project, "link"));
    const link = join(tempFolder(), "linked project");
    symlinkSync(project, link);
    const run = await pm(startArgs.map((arg) => (arg === project ? link : arg)));
    expect(resultOf(run), run.stdout).toMatchObject({ overall_status: "COMPLETE" });
    expect(readFileSync(join(project, "src/slug.js"), "utf8")).toBe(FIXED_SLUG);
  });

  it("on which two sessions run at once ends right in both", async () => {
    const { pm, project, startArgs } = recordedSession();
    const runs = await Promise.all([pm(startArgs), pm(startArgs)]);
    const statuses = runs.map((run) => resultOf(run).overall_status);
    expect(statuses).toContain("COMPLETE");
    expect(readFileSync(join(project, "src/slug.js"), "utf8")).toBe(FIXED_SLUG);
    for (const run of runs) expect((await pm(["verify", resultOf(run).session_id])).code).toBe(0);
  });
});
