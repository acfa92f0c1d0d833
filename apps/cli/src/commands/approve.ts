import { approvalText } from "../render/approval-text.ts";
import { createPainter } from "../render/painter.ts";
import { approveAll } from "./approve-all.ts";
import { canAsk, confirm } from "./ask.ts";
import type { CommandRun } from "./command.ts";
import { printResult } from "./print-result.ts";
import { sessionToChange } from "./session-to-change.ts";

export const run: CommandRun = async (context, args) => {
  const { io, style } = context;
  const engine = await context.services.engine(context.namespace);
  const id = await sessionToChange(context, args, engine);
  const asks = canAsk(io) && !args.has("yes");
  const paint = createPainter(style.color.stderr);
  const { result, agreed } = await approveAll(
    engine,
    id,
    async (view) => {
      if (!style.quiet || asks) io.stderr.write(approvalText(view, paint));
      return asks ? confirm(io, "Approve this?") : true;
    },
    args.value("note"),
  );
  if (!agreed) io.stderr.write("Not approved.\n");
  printResult(context, result ?? (await engine.status(id)));
  return agreed ? 0 : 1;
};
