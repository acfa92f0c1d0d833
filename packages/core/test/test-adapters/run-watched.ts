import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { KEY_FILE, REPORT_FILE } from "../../src/test-adapters/report-writer.ts";
import { readSignedReport, type TestReport } from "../../src/test-adapters/test-report.ts";
import { type WatchedCommand, watchedCommand } from "../../src/test-adapters/watched-command.ts";

/** A project of `files` in a new folder. */
export function makeTestProject(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pm-tests-")));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

export interface Ran {
  readonly watched: WatchedCommand;
  readonly plain: SpawnSyncReturns<string>;
  readonly ran: SpawnSyncReturns<string>;
  /** Null where no report was left. */
  readonly report: TestReport | { readonly problem: string } | null;
  /** `file > name: outcome`, sorted. */
  readonly tests: string[];
}

/** Runs the command by itself, and then as `pm` does, with the real tools of this machine. */
export async function runWatched(
  root: string,
  argv: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  // A space in the way, as in many a home folder.
  const dir = join(realpathSync(mkdtempSync(join(tmpdir(), "pm watch-"))), "run");
  const watched = await watchedCommand(
    argv,
    {
      files: async () => readdirSync(root),
      readFile: async (name) =>
        existsSync(join(root, name)) ? readFileSync(join(root, name), "utf8") : null,
    },
    dir,
  );
  if (watched === null) throw new Error(`no runner found behind ${argv.join(" ")}`);
  mkdirSync(dir);
  const key = randomBytes(32).toString("hex");
  for (const [name, text] of Object.entries(watched.files)) writeFileSync(join(dir, name), text);
  writeFileSync(join(dir, KEY_FILE), key);
  const plain = spawn(root, argv, env);
  const ran = spawn(root, watched.argv, { ...env, ...watched.env });
  const file = join(dir, REPORT_FILE);
  const report = existsSync(file) ? readSignedReport(readFileSync(file, "utf8"), key) : null;
  const tests = report !== null && "tests" in report ? report.tests : [];
  return {
    watched,
    plain,
    ran,
    report,
    tests: tests
      .map(({ file: path, name, outcome }) => `${[path, name].filter(Boolean).join(" > ")}: ${outcome}`)
      .sort(),
  };
}

function spawn(cwd: string, [file = "", ...args]: readonly string[], env: NodeJS.ProcessEnv) {
  const { PATH, HOME } = process.env;
  return spawnSync(file, args, { cwd, env: { PATH, HOME, CI: "1", TERM: "dumb", ...env }, encoding: "utf8" });
}
