import { type Additions, programName, quoted, type StartedRunner, type TestAdapter } from "../adapter.ts";
import { WRITER_FILE, WRITER_SOURCE } from "../report-writer.ts";

const REPORTER_FILE = "node-test.mjs";

/**
 * A test file is a process of its own. One that ended before any of its tests began looks like one test that passed: it
 * is only that where the file is a script without tests of node:test.
 */
const REPORTER_SOURCE = `import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import writer from "./${WRITER_FILE}";

const report = writer.openReport();
const read = readFileSync;

function hasTests(file) {
  try {
    return /\\bnode:test\\b/.test(read(file, "utf8"));
  } catch {
    return true;
  }
}

export default async function* (source) {
  const open = new Map();
  for await (const { type, data } of source) {
    if (type !== "test:start" && type !== "test:pass" && type !== "test:fail") continue;
    const names = open.get(data.file) ?? [];
    open.set(data.file, names);
    if (type === "test:start") {
      names.length = data.nesting;
      names.push(data.name);
      continue;
    }
    if (data.details?.type === "suite") continue;
    const set = (mark) => mark !== undefined && mark !== false;
    const skipped = set(data.skip) || set(data.todo);
    const outcome = skipped ? "skipped" : type === "test:pass" ? "passed" : "failed";
    const isFile = data.nesting === 0 && data.file !== undefined && resolve(data.name) === resolve(data.file);
    if (!isFile) report?.add(data.file, [...names.slice(0, data.nesting), data.name], outcome);
    else report?.add(data.file, [], outcome === "passed" && hasTests(data.file) ? "skipped" : outcome);
  }
  report?.end();
}
`;

/** Flags of Node that people give before `--test`, and whose value is the next word. */
const WITH_VALUE = new Set(
  "--import --require -r --loader --experimental-loader --conditions -C --env-file".split(" "),
);

/** `node --test`, from Node 20 on. Reporters come by NODE_OPTIONS: behind the files, Node takes them for the tests' own. */
export const nodeTestAdapter: TestAdapter = {
  runner: "node:test",
  reports: true,
  starts(words) {
    if (programName(words[0] ?? "") !== "node") return 0;
    const flags: string[] = [];
    for (let at = 1; words[at]?.startsWith("-"); at += WITH_VALUE.has(words[at] ?? "") ? 2 : 1)
      flags.push(words[at] ?? "");
    return flags.includes("--test") ? 1 : 0;
  },
  additions({ args, variables }: StartedRunner, dir: string): Additions | null {
    if (variables.includes("NODE_OPTIONS") || args.some((arg) => arg.startsWith("--watch"))) return null;
    const count = (flag: string) => args.filter((arg) => arg === flag || arg.startsWith(`${flag}=`)).length;
    const reporters = count("--test-reporter");
    const destinations = count("--test-reporter-destination");
    // Ours comes first; each further reporter needs a destination as soon as there are two.
    const flags = [
      "--test-reporter",
      quoted(`${dir}/${REPORTER_FILE}`),
      "--test-reporter-destination",
      "stderr",
    ];
    if (reporters === 0) flags.push("--test-reporter", "spec", "--test-reporter-destination", "stdout");
    else if (reporters === 1 && destinations === 0) flags.push("--test-reporter-destination", "stdout");
    else if (reporters !== destinations) return null;
    const pairs = flags.flatMap((flag, index) =>
      index % 2 === 0 ? [`${flag}=${flags[index + 1] ?? ""}`] : [],
    );
    return {
      env: { NODE_OPTIONS: pairs.join(" ") },
      args: [],
      files: { [REPORTER_FILE]: REPORTER_SOURCE, [WRITER_FILE]: WRITER_SOURCE },
    };
  },
};
