/**
 * What a vitest JSON report counts, read fail-closed: a file that could not be loaded, an error outside any test and a
 * run without tests are failures, whatever the report says of its tests.
 */
export function countTests(report, exitCode) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
  const withStatus = (status) => tests.filter((test) => test.status === status);
  const passed = withStatus("passed").length;
  const problems = withStatus("failed").map((test) => `${test.file}: ${test.fullName}`);
  for (const file of files) {
    const explained = file.assertionResults.some((test) => test.status === "failed");
    if (file.status !== "passed" && !explained) problems.push(`${file.name}: the file failed as a whole`);
  }
  if (tests.length === 0) problems.push("no test ran");
  if (exitCode !== 0 && problems.length === 0) problems.push(`vitest ended with exit code ${exitCode}`);
  const skipped = tests
    .filter((test) => test.status !== "passed" && test.status !== "failed")
    .map((test) => `${test.file}: ${test.fullName}`);
  return { passed, problems, skipped };
}
