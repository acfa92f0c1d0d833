import { isProtected } from "./file-classes.ts";
import { listed, objector } from "./objector.ts";
import { namingMatcher } from "./scope-match.ts";
import type { Gate } from "./task-evidence.ts";

export const protectedGate: Gate = {
  name: "protected",
  objectsTo:
    "changed version control, CI, lint, type-check, test-runner or agent settings, lock files, install or test scripts that the person did not name",
  evaluate(evidence) {
    const { change } = evidence;
    if (change === null) return [];
    const named = namingMatcher(evidence.personScope);
    const touched = change.files.map(({ path }) => path).filter(isProtected);
    const paths = [...new Set([...touched, ...change.scripts_changed])].filter((path) => !named(path)).sort();
    if (paths.length === 0) return [];
    const object = objector("protected", evidence);
    return [object("E227", "INCOMPLETE", { paths: listed(paths) }, { approval: "accept", paths })];
  },
};
