import * as fs from "node:fs";
import * as path from "node:path";
import { readReportFiles } from "../test-adapters/report-file.ts";
import { readOwnFile } from "./read-own-file.ts";
import type { TestWatch } from "./test-watch.ts";

const RUNNER = "report file";

/**
 * Reads a report that the project's own runner writes. One that is in the tree already is taken away before the run: only
 * what the run itself leaves counts.
 * @param report the file, or a folder of them, relative to the project.
 * @param seenRoot path of the checkout as the command sees it; null where that is its path on the host.
 */
export function watchReportFile(argv: readonly string[], report: string, seenRoot: string | null): TestWatch {
  return {
    argv,
    env: {},
    prepare: (dir) => removeOwn(path.join(fs.realpathSync(dir), report)),
    collect(dir) {
      const root = fs.realpathSync(dir);
      const files = filesOf(path.join(root, report));
      const texts = files.map(readOwnFile);
      const whole = texts.filter((text) => text !== null);
      if (whole.length === 0 || whole.length < texts.length)
        return { runner: RUNNER, report: null, problem: `it left no report at ${report}` };
      const found = readReportFiles(whole, seenRoot ?? root);
      return found === null
        ? {
            runner: RUNNER,
            report: null,
            problem: `what it left at ${report} is no whole JUnit or CTRF report`,
          }
        : { runner: RUNNER, report: found, problem: null };
    },
  };
}

/** Behind a link of the tree may lie anything of the machine: that is let alone, and not read afterwards either. */
function removeOwn(place: string): void {
  const parent = path.dirname(place);
  if (fs.existsSync(parent) && fs.realpathSync(parent) === parent)
    fs.rmSync(place, { recursive: true, force: true });
}

/** The reports of a folder are its XML and JSON files, in order; anything else is one file. */
function filesOf(place: string): string[] {
  if (!fs.lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) return [place];
  return fs
    .readdirSync(place)
    .filter((name) => /\.(?:xml|json)$/i.test(name))
    .sort()
    .map((name) => path.join(place, name));
}
