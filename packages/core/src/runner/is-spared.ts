import type { Check } from "../lifecycle/handover.ts";
import { testReportSchema } from "../test-adapters/test-report.ts";
import type { AlteredTest } from "../workspace/altered/altered-tests.ts";
import type { TaskContext } from "./task-context.ts";

/**
 * Whether a check runs only tests in which nothing could be altered, by the report that its runner left on the result:
 * its run on altered tests says nothing then, as that of a file without expectations would.
 */
export function isSpared(ctx: TaskContext, check: Check, tests: readonly AlteredTest[]): boolean {
  const { commands, result } = ctx.task();
  const onResult = commands.filter(
    ({ purpose, on, tree, id }) =>
      purpose === "check" && on === "result" && tree === result?.tree && id === check.id,
  );
  const reports = onResult.flatMap(({ report }) => report?.tests ?? []);
  const executed = reports
    .flatMap((ref) => testReportSchema.parse(JSON.parse(ctx.session.read(ref))).tests)
    .filter(({ outcome }) => outcome !== "skipped");
  const isSparedOne = ({ name }: { readonly name: string }) => {
    const meant = tests.filter((test) => test.name.test(name));
    return meant.length > 0 && meant.every(({ altered }) => !altered);
  };
  return executed.length > 0 && reports.length === onResult.length && executed.every(isSparedOne);
}
