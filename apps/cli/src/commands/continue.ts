import { isRunnerError } from "@pm/core";
import { collectTasks } from "../input/collect-tasks.ts";
import { approvalText } from "../render/approval-text.ts";
import { createPainter } from "../render/painter.ts";
import { approveAll } from "./approve-all.ts";
import { canAsk, confirm } from "./ask.ts";
import type { CommandRun } from "./command.ts";
import { recordTarget } from "./record-target.ts";
import { runSession } from "./run-session.ts";
import { sessionToChange } from "./session-to-change.ts";

export const run: CommandRun = async (context, args) => {
  const { io, services, style } = context;
  // Standard input is no task here: whoever resumes sessions from a script would add one by accident.
  const tasks = await collectTasks(io, args, { command: "continue", words: [], implicitStdin: false });
  const record = await recordTarget(io, args, "continue");
  const engine = await services.engine(context.namespace);
  const sessionId = await sessionToChange(context, args, engine);
  const { tasks: known } = await engine.status(sessionId);
  const attempt = () =>
    runSession(
      context,
      (control) =>
        engine.continueSession({ sessionId, ...control, ...(tasks.length === 0 ? {} : { tasks }) }),
      { known, ...(record && { record: (id) => services.record(engine, id, record) }) },
    );
  try {
    return await attempt();
  } catch (error) {
    if (!isRunnerError(error, "E205") || !canAsk(io)) throw error;
    const { expired } = error.data;
    if (expired !== undefined)
      io.stderr.write(`What you approved was not used by ${expired}, and has to be approved anew.\n\n`);
    const paint = createPainter(style.color.stderr);
    const { agreed } = await approveAll(engine, sessionId, async (view) => {
      io.stderr.write(approvalText(view, paint));
      return confirm(io, "Approve this and go on?");
    });
    if (!agreed) throw error;
    return attempt();
  }
};
