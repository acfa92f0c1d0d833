import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";

/** One test of a report (A4): its file, relative to the project, and suites and test joined by ` > `. */
export const reportedTestSchema = z.strictObject({
  file: z.string(),
  /** Empty where the file as a whole is the test. */
  name: z.string(),
  outcome: z.enum(["passed", "failed", "skipped"]),
});
export type ReportedTest = z.infer<typeof reportedTestSchema>;

/** The blob `tests.json` of a command that was watched. */
export const testReportSchema = z.strictObject({ tests: z.array(reportedTestSchema) });
export type TestReport = z.infer<typeof testReportSchema>;

const signedSchema = z.strictObject({ body: z.string(), mac: z.string().regex(/^[0-9a-f]{64}$/) });

/** @returns the report, or as a clause why it is none. */
export function readSignedReport(text: string, key: string): TestReport | { readonly problem: string } {
  const signed = signedSchema.safeParse(jsonOrNull(text));
  if (!signed.success) return { problem: "its report is damaged" };
  const mac = createHmac("sha256", key).update(signed.data.body).digest();
  if (!timingSafeEqual(mac, Buffer.from(signed.data.mac, "hex")))
    return { problem: "its report was not written by the runner" };
  const report = testReportSchema.safeParse(jsonOrNull(signed.data.body));
  return report.success ? report.data : { problem: "its report is damaged" };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
