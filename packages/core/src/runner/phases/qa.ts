import { changeSetSchema } from "../../evidence/change.ts";
import { isTestFile } from "../../gates/file-classes.ts";
import type { Plan } from "../../lifecycle/handover.ts";
import { evaluateTree } from "../evaluate-tree.ts";
import { baseOf, documentsOf } from "../material.ts";
import { runCommand } from "../run-command.ts";
import { type PhaseRunner, passed, type TaskContext } from "../task-context.ts";

const PHASE = "QA";

/** `pm` itself runs the QA commands and every check on the result. What they say is for the gates to judge. */
export const qa: PhaseRunner = async (ctx) => {
  const { result, submitted } = ctx.task();
  if (!result) throw new Error("QA without a result");
  const { plan } = documentsOf(ctx);
  await evaluateTree(ctx, { phase: PHASE, on: "result", tree: result.tree, plan });
  for (const [index, argv] of submitted.checks.entries())
    await runCommand(ctx, PHASE, {
      purpose: "check",
      on: "result",
      tree: result.tree,
      id: `U${index + 1}`,
      argv,
    });
  if (plan) await proveTests(ctx, plan);
  return passed();
};

/**
 * A check that runs tests which agents wrote must fail on the base sources too: otherwise those tests prove nothing.
 * So it runs once more on the base with the result's test files.
 */
async function proveTests(ctx: TaskContext, plan: Plan): Promise<void> {
  const result = ctx.task().result;
  if (!result) return;
  const changes = changeSetSchema.parse(JSON.parse(ctx.session.read(result.changes)));
  const tests = changes.files.map((file) => file.path).filter(isTestFile);
  const commands = plan.checks.filter((check) => check.type === "command");
  if (tests.length === 0 || commands.length === 0) return;
  const tree = await ctx.store.graft(baseOf(ctx), result.tree, tests);
  for (const check of commands)
    await runCommand(ctx, PHASE, {
      purpose: "check",
      on: "proof",
      tree,
      id: check.id,
      argv: check.argv,
    });
}
