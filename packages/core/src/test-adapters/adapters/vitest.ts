import { programName, type TestAdapter } from "../adapter.ts";
import { WRITER_FILE, WRITER_SOURCE } from "../report-writer.ts";

const REPORTER_FILE = "vitest.mjs";

/** `onTestRunEnd` from Vitest 3 on, `onFinished` before. */
const REPORTER_SOURCE = `import writer from "./${WRITER_FILE}";

const report = writer.openReport();

export default class {
  onTestRunEnd(modules) {
    for (const module of modules) {
      let count = 0;
      for (const test of module.children.allTests()) {
        count += 1;
        const names = [test.name];
        for (let at = test.parent; at && at.type === "suite"; at = at.parent) names.unshift(at.name);
        const { state } = test.result();
        const done = state === "passed" || state === "failed";
        report?.add(module.moduleId, names, done && test.options.mode !== "todo" ? state : "skipped");
      }
      if (count === 0 && module.state() === "failed") report?.add(module.moduleId, [], "failed");
    }
    report?.end();
  }

  onFinished(files = []) {
    const visit = (file, task, names) => {
      if (task.tasks) return task.tasks.forEach((inner) => visit(file, inner, [...names, inner.name]));
      const done = { pass: "passed", fail: "failed" }[task.result?.state];
      report?.add(file.filepath, names, task.mode === "run" || task.mode === "only" ? (done ?? "skipped") : "skipped");
    };
    for (const file of files) {
      visit(file, file, []);
      if (file.tasks.length === 0 && file.result?.state === "fail") report?.add(file.filepath, [], "failed");
    }
    report?.end();
  }
}
`;

export const vitestAdapter: TestAdapter = {
  runner: "vitest",
  reports: true,
  starts: (words) => (programName(words[0] ?? "") === "vitest" ? 1 : 0),
  // A reporter of the command line takes the place of those that the configuration names.
  ownReporters: { file: /^(?:vite|vitest)\.(?:config|workspace)\.[cm]?[jt]s$/, text: /\breporters\b/ },
  additions({ args }, dir) {
    if (/^(?:bench|watch|dev|list|init)$/.test(args[0] ?? "") || args.includes("--watch")) return null;
    const named = args.some((arg) => /^--reporter\b/.test(arg));
    return {
      env: {},
      args: [...(named ? [] : ["--reporter=default"]), `--reporter=${dir}/${REPORTER_FILE}`],
      files: { [REPORTER_FILE]: REPORTER_SOURCE, [WRITER_FILE]: WRITER_SOURCE },
    };
  },
};
