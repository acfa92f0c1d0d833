/** From the host's side: what a watched test runner is given before a command runs, and what it left behind. */
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { TreeId } from "../evidence/change.ts";
import { childHome } from "../sandbox/child-home.ts";
import { KEY_FILE, REPORT_FILE } from "../test-adapters/report-writer.ts";
import { readSignedReport } from "../test-adapters/test-report.ts";
import { type WatchedCommand, watchedCommand } from "../test-adapters/watched-command.ts";
import type { CollectedTests } from "./own-command.ts";
import type { TaskContext } from "./task-context.ts";

const MOST_BYTES = 64 * 1024 * 1024;

export interface TestWatch {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Call when nothing of the command is alive any more. */
  collect(): CollectedTests;
}

/** @param home the host's folder that is HOME of the command. @returns null where no runner can be watched. */
export async function watchTests(
  ctx: TaskContext,
  { tree, argv }: { readonly tree: TreeId; readonly argv: readonly string[] },
  home: string,
): Promise<TestWatch | null> {
  const folder = `.pm-${randomBytes(12).toString("hex")}`;
  const root = {
    files: async () => (await ctx.store.listFiles(tree)).filter((file) => !file.includes("/")),
    readFile: async (name: string) => (await ctx.store.readFile(tree, name))?.toString("utf8") ?? null,
  };
  const seen = path.join(childHome(ctx.isolation.level, home), folder);
  const watched = await watchedCommand(argv, root, seen);
  if (watched === null) return null;
  const key = randomBytes(32).toString("hex");
  const dir = path.join(fs.realpathSync(home), folder);
  fs.mkdirSync(dir);
  for (const [name, text] of Object.entries(watched.files)) fs.writeFileSync(path.join(dir, name), text);
  if (watched.reports) fs.writeFileSync(path.join(dir, KEY_FILE), key);
  return { argv: watched.argv, env: watched.env, collect: () => collect(watched, dir, key) };
}

function collect({ runner, reports }: WatchedCommand, dir: string, key: string): CollectedTests {
  if (!reports) return { runner, report: null, problem: null };
  const text = readOwn(path.join(dir, REPORT_FILE));
  if (text === null)
    return { runner, report: null, problem: "its runner left no report of the tests that it ran" };
  const report = readSignedReport(text, key);
  return "problem" in report
    ? { runner, report: null, problem: report.problem }
    : { runner, report, problem: null };
}

/** A regular file that is where it seems to be: the command could have put a link to anything in its place. */
function readOwn(file: string): string | null {
  try {
    if (fs.realpathSync(file) !== file) return null;
    const fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
    try {
      const stat = fs.fstatSync(fd);
      return stat.isFile() && stat.size <= MOST_BYTES ? fs.readFileSync(fd, "utf8") : null;
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    return null;
  }
}
