import type { FileChange } from "../evidence/change.ts";
import { isProtected } from "./file-classes.ts";
import { listed, objector } from "./objector.ts";
import { namingMatcher } from "./scope-match.ts";
import type { Gate } from "./task-evidence.ts";

/** A link, or a file, may stand where a protected folder is looked for. */
const isProtectedChange = ({ path, new_mode, old_mode }: FileChange) =>
  isProtected(path) ||
  ([old_mode, new_mode].some((mode) => mode !== null && !mode.startsWith("100")) && isProtected(`${path}/x`));

export const protectedGate: Gate = {
  name: "protected",
  objectsTo:
    "changed version control, CI, lint, type-check, test-runner, build, editor or agent settings, lock files, install or test scripts, and dependencies from elsewhere than the registry, that the person did not name (a folder or glob names no such file in it); marks in sources by which checkers look away, and letters that show a person another text or name than a program reads",
  evaluate(evidence) {
    const { change } = evidence;
    if (change === null) return [];
    const named = namingMatcher(evidence.personScope);
    const touched = change.files.filter(isProtectedChange).map(({ path }) => path);
    const paths = [...new Set([...touched, ...change.scripts_changed])].filter((path) => !named(path)).sort();
    // To name a file is no word for that: a person looks at the mark or letter itself.
    const switches = change.switched_off.map(({ path, mark }) => `${path} (${mark})`);
    if (paths.length === 0 && switches.length === 0) return [];
    const touchedPaths = [...new Set([...paths, ...change.switched_off.map(({ path }) => path)])];
    const object = objector("protected", evidence);
    return [
      object(
        "E227",
        "INCOMPLETE",
        { paths: listed([...paths, ...switches]) },
        { approval: "accept", paths: touchedPaths },
      ),
    ];
  },
};
