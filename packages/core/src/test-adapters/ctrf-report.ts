import * as z from "zod";
import { inProject } from "./report-root.ts";
import type { ReportedTest } from "./test-report.ts";

const ctrfSchema = z.object({
  results: z.object({
    tests: z.array(
      z.object({
        name: z.string(),
        status: z.enum(["passed", "failed", "skipped", "pending", "other"]),
        suite: z.union([z.string(), z.array(z.string())]).optional(),
        filePath: z.string().optional(),
      }),
    ),
  }),
});

/** The tests of a report in the Common Test Report Format. @param root where the command ran. @returns null where it is none. */
export function parseCtrf(text: string, root: string): ReportedTest[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = ctrfSchema.safeParse(value);
  if (!parsed.success) return null;
  return parsed.data.results.tests.map(({ name, status, suite = [], filePath = "" }) => ({
    file: inProject(filePath, root),
    name: [suite, name].flat().join(" > "),
    outcome: status === "passed" || status === "failed" ? status : "skipped",
  }));
}
