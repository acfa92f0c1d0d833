import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../../../../packages/core/test/support/sample-project.ts";
import { recordedSession } from "../../../support/recorded-session.ts";
import { LAUNCHER } from "../../../support/run-pm.ts";
import { openTmux, type TmuxTerminal } from "./tmux-terminal.ts";

export { PROMPT } from "../../../../packages/core/test/support/honest-script.ts";

export interface ReplTerminalOptions {
  readonly files?: Files;
  /** Of each run of the agent. */
  readonly delayMs?: number;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

export interface ReplTerminal {
  readonly terminal: TmuxTerminal;
  readonly project: string;
  /** PM_HOME. */
  readonly home: string;
  /** Opens another REPL on the same project. */
  again(): TmuxTerminal;
  /** A file of the project. */
  read(path: string): string;
}

/** QA runs no test, so a person has to say whether the change is taken. */
export const UNTESTED: Files = {
  ".claude/settings.json": JSON.stringify({ qa: { commands: [["node", "-e", "0"]] } }),
};

/** The built `pm repl` in a terminal of its own, with a recording in place of an agent. */
export function openRepl({ files = {}, delayMs = 0, ...options }: ReplTerminalOptions = {}): ReplTerminal {
  const { project, folder, env } = recordedSession(files, delayMs);
  const provider = `replay:${join(folder, "recording.json")}`;
  writeFileSync(join(project, ".claude", "repl.json"), JSON.stringify({ provider }));
  const home = join(folder, "home");
  const { columns, rows, args = [] } = options;
  const open = () =>
    openTmux({
      argv: [process.execPath, LAUNCHER, "repl", ...args],
      env: { ...env, ...options.env },
      cwd: project,
      ...(columns !== undefined && { columns }),
      ...(rows !== undefined && { rows }),
    });
  return {
    ...{ terminal: open(), project, home, again: open },
    read: (path) => readFileSync(join(project, path), "utf8"),
  };
}
