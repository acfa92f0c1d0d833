import { isRunnerError } from "@pm/core";
import { typedHere } from "../controller/next-step.ts";
import type { ReplCommand } from "./repl-command.ts";

type Run = ReplCommand["run"];

export const init: Run = async (context) => {
  const { project, created, kept } = await context.services.init(context.project);
  const head = created.length === 0 ? "Nothing to create; everything is there" : "Initialised";
  const lines = [
    `${head}: ${project}`,
    ...created.map((path) => `  created  ${path}`),
    ...kept.map((path) => `  kept     ${path}`),
  ];
  context.print({ kind: "text", lines });
  await context.refresh();
};

export const start: Run = (context) => context.startSession();

export const resume: Run = (context, [id = ""]) => context.continueSession(id);

export const approve: Run = async (context) => {
  const id = context.session();
  const engine = await context.engine();
  try {
    context.showApproval(await engine.approvalView(id));
  } catch (error) {
    if (!isRunnerError(error, "E207")) throw error;
    const { next_action: next } = await engine.status(id);
    const hint = next === null ? error.hint : `Type: ${typedHere(next, id)}`;
    context.print({ kind: "error", report: { ...error.toReport(), hint } });
  }
};

export const clear: Run = async (context) => context.leaveSession();

export const exit: Run = async (context) => context.end();
