import { programName, type TestAdapter } from "../adapter.ts";
import { WRITER_FILE, WRITER_SOURCE } from "../report-writer.ts";

const REPORTER_FILE = "jest.cjs";

const REPORTER_SOURCE = `"use strict";
const report = require("./${WRITER_FILE}").openReport();

module.exports = class {
  onRunComplete(_contexts, results) {
    for (const file of results.testResults) {
      for (const test of file.testResults) {
        const done = test.status === "passed" || test.status === "failed";
        report?.add(file.testFilePath, [...test.ancestorTitles, test.title], done ? test.status : "skipped");
      }
      if (file.testExecError && file.testResults.length === 0) report?.add(file.testFilePath, [], "failed");
    }
    report?.end();
  }
};
`;

export const jestAdapter: TestAdapter = {
  runner: "jest",
  reports: true,
  starts: (words) => (programName(words[0] ?? "") === "jest" ? 1 : 0),
  // Reporters of the command line take the place of those that the configuration names.
  ownReporters: { file: /^jest\.config\.[cm]?(?:[jt]s|json)$|^package\.json$/, text: /\breporters\b/ },
  additions({ args }, dir) {
    if (args.some((arg) => /^--(?:watch|watchAll|listTests|showConfig|init)\b/.test(arg))) return null;
    const named = args.some((arg) => /^--reporters\b/.test(arg));
    return {
      env: {},
      args: [...(named ? [] : ["--reporters=default"]), `--reporters=${dir}/${REPORTER_FILE}`],
      files: { [REPORTER_FILE]: REPORTER_SOURCE, [WRITER_FILE]: WRITER_SOURCE },
    };
  },
};
