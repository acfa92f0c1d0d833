import { collectTasks } from "../input/collect-tasks.ts";
import type { CommandRun } from "./command.ts";
import { projectPath } from "./project-path.ts";
import { providerOf } from "./provider-of.ts";
import { runSession } from "./run-session.ts";

export const run: CommandRun = async (context, args) => {
  const { io, services } = context;
  const project = projectPath(io, args);
  const provider = providerOf(io, args);
  const source = { command: "start", words: args.positionals, implicitStdin: true };
  const tasks = await collectTasks(io, args, source);
  const engine = await services.engine();
  const model = args.value("model");
  return runSession(context, (control) =>
    engine.start({
      project,
      tasks,
      ...control,
      ...(provider === undefined ? {} : { provider }),
      ...(model === undefined ? {} : { model }),
    }),
  );
};
