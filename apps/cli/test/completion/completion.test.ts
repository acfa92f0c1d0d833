import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/commands/table.ts";
import { runPm } from "../run-pm.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
const present = (shell: string) => spawnSync(shell, ["-c", "exit 0"]).status === 0;

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "pm-completion-"));
  for (const shell of SHELLS) writeFileSync(join(dir, shell), (await runPm(["completion", shell])).out);
  // A pm on PATH, so that ids can be completed.
  writeFileSync(
    join(dir, "pm"),
    '#!/bin/sh\n[ "$*" = "tasks --sessions --quiet" ] && echo session-1a && echo session-2b\n',
    { mode: 0o755 },
  );
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function shell(name: string, script: string): string {
  const env = { PATH: `${dir}:${process.env.PATH}`, HOME: dir, TERM: "dumb" };
  return execFileSync(name, ["-c", script], { cwd: dir, env, encoding: "utf8" });
}

function bash(words: readonly string[]): string[] {
  const list = words.map((word) => `'${word}'`).join(" ");
  const script = `source ./bash; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _pm; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return shell("bash", script).split("\n").filter(Boolean);
}

describe("completion", () => {
  for (const name of SHELLS) {
    it.runIf(present(name))(`for ${name} is a script that ${name} accepts`, () => {
      const checked = spawnSync(name, ["-n", join(dir, name)], { encoding: "utf8" });
      expect(checked.stderr).toBe("");
      expect(checked.status).toBe(0);
    });
  }

  it("in bash knows commands, options, choices and session ids", () => {
    expect(bash(["pm", "st"])).toEqual(["start", "status"]);
    expect(bash(["pm", ""]).filter((word) => !word.startsWith("-"))).toEqual(COMMANDS.map((c) => c.name));
    expect(bash(["pm", "start", "--k"])).toEqual(["--kind"]);
    expect(bash(["pm", "start", "--kind", "re"])).toEqual(["refactor"]);
    expect(bash(["pm", "--json", "status", ""])).toEqual(["session-1a", "session-2b"]);
    expect(bash(["pm", "queue", ""])).toEqual(["status", "create"]);
    expect(bash(["pm", "tasks", "--state", "AW"])).toEqual(["AWAITING_APPROVAL"]);
    expect(bash(["pm", "status", "--t"])).toEqual([]);
    expect(bash(["pm", "start", "--file", "ba"])).toEqual(["bash"]);
  });

  it.runIf(present("fish"))("in fish knows them too", () => {
    const fish = (line: string) =>
      shell("fish", `source ./fish; complete -C '${line}'`)
        .split("\n")
        .filter(Boolean)
        .map((row) => row.split("\t")[0]);
    expect(fish("pm sta")).toEqual(["start", "status"]);
    expect(fish("pm start --kind re")).toContain("refactor");
    expect(fish("pm status ")).toEqual(["session-1a", "session-2b"]);
  });

  it.runIf(present("zsh"))("in zsh loads and registers itself", () => {
    const script = "autoload -Uz compinit; compinit -u -d ./dump; source ./zsh; print $_comps[pm]";
    expect(shell("zsh", script).trim()).toBe("_pm");
  });
});
