import { changeSetSchema } from "../../evidence/change.ts";
import { personCheckId } from "../../gates/person-check.ts";
import { corroborateTests } from "../corroborate-tests.ts";
import { evaluateTree } from "../evaluate-tree.ts";
import { holdTests } from "../hold-tests.ts";
import { documentsOf } from "../material.ts";
import { proveChecks } from "../prove-checks.ts";
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
  await inSteps(async (add) => {
    await evaluateTree(ctx, { phase: PHASE, on: "result", tree, plan }, add);
    for (const [index, argv] of submitted.checks.entries()) {
      const id = personCheckId(index);
      const command = executeCommand(ctx, { purpose: "check", on: "result", tree, id, argv });
      add(command, (ran) => void recordCommand(ctx, PHASE, ran));
    }
    if (plan) await proveChecks(ctx, plan, change, add);
    await restoreTests(ctx, change, add);
    await corroborateTests(ctx, change, add);
    await holdTests(ctx, change, add);
  });
  return passed();
};
