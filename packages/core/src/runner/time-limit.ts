/**
 * How long a command of `pm`'s own may run. Where it has to fail, what it runs may wait for ever for what was taken away: a
 * server that no test closes any more, an answer that never comes. It is given many times what it took on the result.
 */
import type { TreeRole } from "../evidence/tree-role.ts";
import type { OwnCommand, RanCommand } from "./own-command.ts";
import type { TaskContext } from "./task-context.ts";

const HAS_TO_FAIL: ReadonlySet<TreeRole> = new Set([
  "proof",
  "hollow",
  "thrown",
  "reverted",
  "undeclared",
  "jumbled",
  "emptied",
  "altered",
  "altered_restored",
  "altered_base",
]);

/** A machine may be busier than it was. */
const TIMES = 10;
const SPARE_MS = 15_000;

const keyOf = ({ purpose, id, argv }: OwnCommand) => JSON.stringify([purpose, id, argv]);

/** Runs the command with its limit in milliseconds, after its run on the result where the limit rests on that. */
export function withTimeLimit(
  ctx: TaskContext,
  command: OwnCommand,
  run: (limitMs: number) => Promise<RanCommand>,
): Promise<RanCommand> {
  const most = ctx.settings.timeouts.operation_timeout_seconds * 1000;
  const onResult = ctx.resultRuns.get(keyOf(command));
  if (HAS_TO_FAIL.has(command.on) && onResult)
    return onResult.then(({ result }) => run(Math.min(most, TIMES * result.durationMs + SPARE_MS)));
  const running = run(most);
  if (command.on === "result") ctx.resultRuns.set(keyOf(command), running);
  return running;
}
