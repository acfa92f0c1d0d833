import type { ChangeSet } from "../evidence/change.ts";
import { restoredFiles } from "../gates/restored-files.ts";
import type { QaCommand } from "../project/detect-qa.ts";
import { recordQa } from "./evaluate-tree.ts";
import { executeUntilSettled } from "./execute-until-settled.ts";
import type { AddStep } from "./steps.ts";
import type { TaskContext } from "./task-context.ts";

/**
 * QA on the result with the base's tests put back as they were, where the result changed any: so tests that were
 * weakened, or helpers that lie, save nothing. A command that runs no tests is run again only where a file that it
 * executes itself was changed.
 * @param found files in which runners found tests on the base
 */
export async function restoreTests(
  ctx: TaskContext,
  change: ChangeSet,
  found: ReadonlySet<string>,
  add: AddStep,
): Promise<void> {
  const scripts = await baseScripts(ctx, change);
  for (const command of await ctx.qaCommands()) {
    const words = wordsOf(command, scripts);
    const files = restoredFiles(change, [...words, ...found]);
    const own = change.files.some(({ path }) => words.includes(path));
    if (files.length === 0 || !(own || countsTests(ctx, command))) continue;
    const tree = await ctx.store.graft(change.result, change.base, files, change.tests_within);
    add(executeUntilSettled(ctx, { purpose: "qa", on: "restored", tree, ...command }), recordQa(ctx, "QA"));
  }
}

function countsTests(ctx: TaskContext, { id }: QaCommand): boolean {
  return ctx.task().commands.some((ran) => ran.on === "base" && ran.id === id && ran.tests !== null);
}

/** What the base's package.json says its scripts run, one after the other. */
async function baseScripts(ctx: TaskContext, change: ChangeSet): Promise<string> {
  const text = (await ctx.store.readFile(change.base, "package.json"))?.toString("utf8") ?? "{}";
  try {
    return Object.values((JSON.parse(text) as { scripts?: Record<string, unknown> }).scripts ?? {}).join(" ");
  } catch {
    return "";
  }
}

/** Words that may be paths of the project; for a script of package.json those of all scripts, as they call each other. */
function wordsOf({ argv }: QaCommand, scripts: string): string[] {
  const text = argv[0] === "npm" ? `${argv.join(" ")} ${scripts}` : argv.join(" ");
  return text.split(/[\s"';&|()=]+/).map((word) => word.replace(/^\.\//, ""));
}
