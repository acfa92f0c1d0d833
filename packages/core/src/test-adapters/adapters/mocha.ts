import { programName, type TestAdapter } from "../adapter.ts";
import { WRITER_FILE, WRITER_SOURCE } from "../report-writer.ts";

const HOOK_FILE = "mocha.cjs";

/** mocha takes one reporter, the project's; so this one listens to the runner beside it. Tests run in the same process. */
const HOOK_SOURCE = `"use strict";
const report = require("./${WRITER_FILE}").openReport();
const loaded = Object.values(require.cache).find((found) => /[\\\\/]mocha[\\\\/]lib[\\\\/]mocha\\.js$/.test(found?.filename ?? ""));

if (report && loaded) {
  const Mocha = loaded.exports;
  const { run } = Mocha.prototype;
  Mocha.prototype.run = function (...args) {
    const Reporter = this._reporter;
    this._reporter = function (runner, options) {
      const note = (outcome) => (test) => report.add(test.file, test.titlePath(), outcome);
      runner.on("pass", note("passed"));
      runner.on("fail", note("failed"));
      runner.on("pending", note("skipped"));
      runner.on("end", report.end);
      return new Reporter(runner, options);
    };
    return run.apply(this, args);
  };
}
`;

export const mochaAdapter: TestAdapter = {
  runner: "mocha",
  reports: true,
  starts: (words) => (/^_?mocha$/.test(programName(words[0] ?? "")) ? 1 : 0),
  additions({ args }, dir) {
    if (args.some((arg) => arg === "-w" || arg.startsWith("--watch"))) return null;
    return {
      env: {},
      args: ["--require", `${dir}/${HOOK_FILE}`],
      files: { [HOOK_FILE]: HOOK_SOURCE, [WRITER_FILE]: WRITER_SOURCE },
    };
  },
};
