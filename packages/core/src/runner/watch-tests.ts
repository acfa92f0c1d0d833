/** From the host's side: what a watched test runner is given before a command runs, and what it left behind. */
import { randomBytes } from "node:crypto";
import * as path from "node:path";
import { KEY_FILE, REPORT_FILE } from "../test-adapters/report-writer.ts";
import { readSignedReport } from "../test-adapters/test-report.ts";
import { type WatchedCommand, watchedCommand } from "../test-adapters/watched-command.ts";
import type { CollectedTests, OwnCommand } from "./own-command.ts";
import { readOwnFile } from "./read-own-file.ts";
import { runFolder } from "./run-folder.ts";
import type { TaskContext } from "./task-context.ts";
import type { TestWatch } from "./test-watch.ts";
import { watchReportFile } from "./watch-report-file.ts";

/**
 * The report file that the person named, else an adapter's report.
 * @param home the host's folder that is HOME of the command. @returns null where no runner can be watched.
 */
export async function watchTests(
  ctx: TaskContext,
  { tree, argv, report }: OwnCommand,
  home: string,
): Promise<TestWatch | null> {
  if (report !== undefined) {
    const seenRoot = ctx.isolation.level === "sandbox" ? ctx.session.project : null;
    return watchReportFile(argv, report, seenRoot);
  }
  const folder = runFolder(ctx, home);
  const root = {
    files: async () => (await ctx.store.listFiles(tree)).filter((file) => !file.includes("/")),
    readFile: async (name: string) => (await ctx.store.readFile(tree, name))?.toString("utf8") ?? null,
  };
  const watched = await watchedCommand(argv, root, folder.seen);
  if (watched === null) return null;
  const key = randomBytes(32).toString("hex");
  const own = folder.fill({ ...watched.files, ...(watched.reports && { [KEY_FILE]: key }) });
  return {
    argv: watched.argv,
    env: watched.env,
    prepare() {},
    collect: () => collect(watched, path.join(own, REPORT_FILE), key),
  };
}

function collect({ runner, reports }: WatchedCommand, file: string, key: string): CollectedTests {
  if (!reports) return { runner, report: null, problem: null };
  const text = readOwnFile(file);
  if (text === null)
    return { runner, report: null, problem: "its runner left no report of the tests that it ran" };
  const report = readSignedReport(text, key);
  return "problem" in report
    ? { runner, report: null, problem: report.problem }
    : { runner, report, problem: null };
}
