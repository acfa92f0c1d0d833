import type { ChangeSet, FileChange, TreeId } from "../evidence/change.ts";
import { mayHoldTests } from "../gates/file-classes.ts";
import { diffTrees } from "./diff.ts";
import { findChangedScripts } from "./find-changed-scripts.ts";
import { findChangedSecrets } from "./find-changed-secrets.ts";
import { findEscapes } from "./find-escapes.ts";
import { countSwitches, type SwitchCounts, switchedOff } from "./find-switched-off.ts";
import type { Git } from "./git.ts";
import { hollowTree } from "./hollow/hollow-tree.ts";
import { isProgramText } from "./is-program.ts";
import { testsDiffer } from "./rust/product-with.ts";
import { isCosmetic } from "./source-text.ts";
import { readBlobs } from "./trees.ts";

/** Contents compared at a time, so that a change of very many files does not fill memory. */
const BATCH = 256;

/** @returns the differences with what the gates need to know of them, read from both trees alone */
export async function inspectTrees(
  git: Git,
  workDir: string,
  base: TreeId,
  result: TreeId,
  knownSecrets: readonly string[],
): Promise<ChangeSet> {
  const files = await diffTrees(git, base, result);
  const found: Pick<ChangeSet, "secrets" | "scripts_changed" | "programs" | "cosmetic" | "tests_within"> = {
    secrets: [],
    scripts_changed: [],
    programs: [],
    cosmetic: [],
    tests_within: [],
  };
  const switches: SwitchCounts[] = [];
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH);
    const blobs = await readBlobs(git, batch.flatMap(blobsOf));
    found.secrets.push(...(await findChangedSecrets(batch, blobs, knownSecrets)));
    found.scripts_changed.push(...findChangedScripts(batch, blobs));
    switches.push(...countSwitches(batch, blobs));
    found.programs.push(...batch.filter((file) => isProgram(file, blobs)).map((file) => file.path));
    found.tests_within.push(...batch.filter((file) => hasOtherTests(file, blobs)).map((file) => file.path));
    found.cosmetic.push(...batch.filter((file) => isCosmeticChange(file, blobs)).map((file) => file.path));
  }
  const escapes = await findEscapes(git, base, result, files);
  const hollow = files.length > BATCH ? null : await hollowTree(git, workDir, result, files);
  return { base, result, files, escapes, ...found, switched_off: switchedOff(switches), hollow };
}

function blobsOf(file: FileChange): string[] {
  const sides: [string | null, string | null][] = [
    [file.old_mode, file.old_oid],
    [file.new_mode, file.new_oid],
  ];
  return sides.flatMap(([mode, oid]) => (oid === null || mode === "160000" ? [] : [oid]));
}

function isProgram({ path, new_mode, new_oid }: FileChange, blobs: ReadonlyMap<string, Buffer>): boolean {
  const text = new_mode?.startsWith("100") ? blobs.get(new_oid ?? "") : undefined;
  return text !== undefined && isProgramText(path, text.toString("utf8"));
}

function hasOtherTests({ path, new_mode, ...file }: FileChange, blobs: ReadonlyMap<string, Buffer>): boolean {
  if (!mayHoldTests(path) || new_mode?.startsWith("100") !== true) return false;
  const text = (oid: string | null) => blobs.get(oid ?? "")?.toString("utf8") ?? "";
  return testsDiffer(text(file.old_oid), text(file.new_oid));
}

function isCosmeticChange(file: FileChange, blobs: ReadonlyMap<string, Buffer>): boolean {
  if (file.old_mode !== file.new_mode || file.new_mode === null || !file.new_mode.startsWith("100"))
    return false;
  const [before, after] = [blobs.get(file.old_oid ?? ""), blobs.get(file.new_oid ?? "")];
  if (before === undefined || after === undefined || file.added_lines === null) return false;
  return isCosmetic(file.path, before.toString("utf8"), after.toString("utf8"));
}
