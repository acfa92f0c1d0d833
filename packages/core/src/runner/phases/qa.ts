import { changeSetSchema } from "../../evidence/change.ts";
import { evaluateTree, proveChecks } from "../evaluate-tree.ts";
import { documentsOf } from "../material.ts";
import { runCommand } from "../run-command.ts";
import { type PhaseRunner, passed } from "../task-context.ts";

const PHASE = "QA";

/** `pm` itself runs the QA commands and every check on the result. What they say is for the gates to judge. */
export const qa: PhaseRunner = async (ctx) => {
  const { result, submitted } = ctx.task();
  if (!result) throw new Error("QA without a result");
  const { tree } = result;
  const { plan } = documentsOf(ctx);
  await evaluateTree(ctx, { phase: PHASE, on: "result", tree, plan });
  for (const [index, argv] of submitted.checks.entries())
    await runCommand(ctx, PHASE, { purpose: "check", on: "result", tree, id: `U${index + 1}`, argv });
  const change = changeSetSchema.parse(JSON.parse(ctx.session.read(result.changes)));
  if (plan) await proveChecks(ctx, plan, change);
  return passed();
};
