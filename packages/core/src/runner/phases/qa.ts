import { changeSetSchema } from "../../evidence/change.ts";
import { personCheckFiles, personCheckId } from "../../gates/person-check.ts";
import { corroborateTests } from "../corroborate-tests.ts";
import { evaluateTree, runQa } from "../evaluate-tree.ts";
import { holdTests } from "../hold-tests.ts";
import { documentsOf } from "../material.ts";
import type { RanCommand } from "../own-command.ts";
import { lookAgain, proveChecks } from "../prove-checks.ts";
import { reportedTestFiles } from "../reported-test-files.ts";
import { restoreTests } from "../restore-tests.ts";
import { executeCommand, recordCommand } from "../run-command.ts";
import { inSteps } from "../steps.ts";
import { type PhaseRunner, passed } from "../task-context.ts";

const PHASE = "QA";

/** `pm` itself runs the QA commands and every check on the result. What they say is for the gates to judge. */
export const qa: PhaseRunner = async (ctx) => {
  const { result, submitted } = ctx.task();
  if (!result) throw new Error("QA without a result");
  const { tree } = result;
  const { plan } = documentsOf(ctx);
  const change = changeSetSchema.parse(JSON.parse(ctx.session.read(result.changes)));
  const onResult = runQa(ctx, "result", tree);
  await inSteps(async (add) => {
    evaluateTree(ctx, { phase: PHASE, on: "result", tree, plan }, onResult, add);
    const files = personCheckFiles(change, submitted);
    const restored =
      files.length > 0 ? await ctx.store.graft(tree, change.base, files, change.tests_within) : null;
    for (const [index, argv] of submitted.checks.entries()) {
      const command = { purpose: "check", id: personCheckId(index), argv } as const;
      const record = (ran: RanCommand) => void recordCommand(ctx, PHASE, ran);
      add(executeCommand(ctx, { ...command, on: "result", tree }), record);
      if (restored !== null) add(executeCommand(ctx, { ...command, on: "restored", tree: restored }), record);
    }
    if (plan) await proveChecks(ctx, { plan, change, onResult }, add);
    const found = reportedTestFiles(ctx);
    await restoreTests(ctx, change, found, add);
    await corroborateTests(ctx, change, found, add);
    await holdTests(ctx, change, found, add);
  });
  if (plan) await inSteps((add) => lookAgain(ctx, { plan, change, onResult }, add));
  return passed();
};
