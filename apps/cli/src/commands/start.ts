import { STATUS_EXIT_CODES, type StartInput } from "@pm/core";
import { usageError } from "../command-line/parse-arguments.ts";
import { collectTasks } from "../input/collect-tasks.ts";
import type { CommandRun } from "./command.ts";
import { printDetached } from "./print-detached.ts";
import { projectPath } from "./project-path.ts";
import { providerOf } from "./provider-of.ts";
import { recordTarget } from "./record-target.ts";
import { runSession } from "./run-session.ts";

export const run: CommandRun = async (context, args) => {
  const { io, services, namespace } = context;
  const project = projectPath(io, args);
  const provider = providerOf(io, args);
  const source = { command: "start", words: args.positionals, implicitStdin: true };
  const tasks = await collectTasks(io, args, source);
  const model = args.value("model");
  const input: StartInput = {
    project,
    tasks,
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
  };
  const detach = args.has("detach");
  const record = await recordTarget(io, args, "start");
  if (detach && record !== undefined)
    throw usageError("start", "--record waits for the agents, which --detach does not.");
  if (detach && tasks.length === 0) throw usageError("start", "--detach needs a task to put into the queue.");
  if (provider !== undefined && needsSetup(provider)) {
    const setup = await services.userSetup();
    await setup.assertProvider(provider);
    // Whoever runs what waits in the queue needs the key, not who puts it there.
    if (!detach) await setup.assertKey(provider);
  }
  const engine = await services.engine(namespace);
  if (!detach) {
    return runSession(context, (control) => engine.start({ ...input, ...control }), {
      ...(record && { record: (id) => services.record(engine, id, record) }),
    });
  }
  const result = await engine.submit(input);
  printDetached(context, result, (await services.queue(namespace)).place);
  return STATUS_EXIT_CODES[result.overall_status];
};

/** Most people run what needs none, and its schema would cost them. */
const needsSetup = (provider: string) => provider !== "claude-code" && !provider.startsWith("replay:");
