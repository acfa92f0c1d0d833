import { testReportSchema } from "../test-adapters/test-report.ts";
import type { TaskContext } from "./task-context.ts";

/** Files in which runners found tests on the base, by their own reports: whatever their names, that is where tests are. */
export function reportedTestFiles(ctx: TaskContext): ReadonlySet<string> {
  const reports = ctx
    .task()
    .commands.flatMap(({ purpose, on, report }) =>
      purpose === "qa" && on === "base" && report?.tests ? [report.tests] : [],
    );
  const tests = reports.flatMap((ref) => testReportSchema.parse(JSON.parse(ctx.session.read(ref))).tests);
  return new Set(tests.map(({ file }) => file));
}
