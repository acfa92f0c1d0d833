import { objector } from "./objector.ts";
import type { Gate } from "./task-evidence.ts";

export const escapeGate: Gate = {
  name: "escape",
  objectsTo: "a symlink or submodule that leads out of the workspace, or a process that outlived its run",
  evaluate(evidence) {
    const object = objector("escape", evidence);
    const links = (evidence.change?.escapes ?? []).map(({ path, reason }) =>
      object("E306", "INVALID", { reason: `${path}: ${reason}.` }, { paths: [path] }),
    );
    const { survivors } = evidence;
    if (survivors === 0) return links;
    const processes = survivors === 1 ? "1 process" : `${survivors} processes`;
    return [
      ...links,
      object("E306", "INVALID", { reason: `${processes} outlived the run and had to be killed.` }),
    ];
  },
};
