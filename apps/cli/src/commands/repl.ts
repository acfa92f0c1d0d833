import { realpath } from "node:fs/promises";
import { pmHome, RunnerError } from "@pm/core";
import { dollarsOption } from "../command-line/dollars-option.ts";
import { usageError } from "../command-line/parse-arguments.ts";
import { createReplController } from "../repl/controller/create-repl-controller.ts";
import { createNodeSetup } from "../repl/controller/node-setup.ts";
import { createNodeWeb } from "../repl/controller/node-web.ts";
import { runPlain } from "../repl/plain/run-plain.ts";
import { runTerminal } from "../repl/ui/run-terminal.ts";
import type { CommandRun } from "./command.ts";
import { projectPath } from "./project-path.ts";

export const run: CommandRun = async (context, args) => {
  const { io, services, namespace, style } = context;
  if (style.json) throw usageError("repl", "--json is not for a conversation; use pm start --json.");
  const given = projectPath(io, args);
  const project = await realpath(given).catch((error: unknown) => {
    throw new RunnerError("E101", { path: given }, error);
  });
  const monotonic = () => io.monotonic();
  const controller = createReplController({
    ...{ services, project, namespace, monotonic },
    setup: createNodeSetup(io.env, project),
    web: createNodeWeb(io.env, { project, namespace }),
    worker: !args.has("no-worker"),
    budgetUsd: dollarsOption("repl", args, "max-cost"),
  });
  const isTerminal = io.stdin.kind() === "terminal" && io.stdout.isTTY;
  if (!isTerminal) return runPlain(controller, io);
  return runTerminal({
    ...{ controller, projectDir: project, home: pmHome(io.env), env: io.env, monotonic },
    color: style.color.stdout,
    screenReader: args.has("screen-reader"),
  });
};
