/** Commands that `pm` runs itself, for QA and for checks: on a fresh checkout, without a network, output kept. */
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { EventOf } from "../evidence/events.ts";
import { reportedTests } from "../gates/reported-tests.ts";
import { type ParsedTests, parseTestOutput } from "../gates/test-output.ts";
import type { CapturedOutput } from "../sandbox/types.ts";
import type { Checkout } from "../workspace/types.ts";
import { holdWorld } from "./hold-world.ts";
import type { OwnCommand, RanCommand } from "./own-command.ts";
import { inPhase, type TaskContext } from "./task-context.ts";
import { withTimeLimit } from "./time-limit.ts";
import { watchTests } from "./watch-tests.ts";
import { withCheckout } from "./with-checkout.ts";

const CAPTURE_BYTES = 4 * 1024 * 1024;

/** At most so many at once as `ctx.commands` lets; each on a tree that nothing else has written to. */
export function executeCommand(ctx: TaskContext, command: OwnCommand): Promise<RanCommand> {
  return withTimeLimit(ctx, command, (limitMs) => ctx.commands.run(() => execute(ctx, command, limitMs)));
}

/**
 * A runner that can't be watched after all (an old one, say, that does not know what it is asked) ends in failure and
 * without a report: then it runs as it would without `pm`.
 */
async function execute(ctx: TaskContext, command: OwnCommand, limitMs: number): Promise<RanCommand> {
  ctx.signal.throwIfAborted();
  const watched = await executeOnce(ctx, command, limitMs, true);
  const mute = command.report === undefined && watched.tests !== null && watched.tests.problem !== null;
  if (!mute || watched.result.termination !== "exited" || watched.result.exitCode === 0) return watched;
  return { ...(await executeOnce(ctx, command, limitMs, false)), tests: watched.tests };
}

async function executeOnce(
  ctx: TaskContext,
  command: OwnCommand,
  limitMs: number,
  watches: boolean,
): Promise<RanCommand> {
  const home = path.join(ctx.workDir, `home-${randomUUID().slice(0, 8)}`);
  fs.mkdirSync(home, { recursive: true });
  const watch = watches ? await watchTests(ctx, command, home) : null;
  const [file, ...args] = watch?.argv ?? command.argv;
  if (file === undefined) throw new Error("a command without argv");
  const holder = command.holds ? holdWorld(ctx, home, watch?.env) : null;
  const dependencies = await ctx.dependencies();
  const run = async ({ dir }: Checkout, access: "write" | "layer"): Promise<RanCommand> => {
    await ctx.asRepository(command.tree, dir);
    watch?.prepare(dir);
    const place = { dir, mountAt: ctx.session.project, access, dependencies, home, readable: [] };
    const result = await ctx.isolation.run(place, {
      argv: [file, ...args],
      env: { ...(holder ?? watch)?.env, CI: "1" },
      limitMs,
      signal: ctx.signal,
      captureBytes: CAPTURE_BYTES,
    });
    return { command, result, tests: watch?.collect(dir) ?? null, held: holder?.wasHeld() ?? false };
  };
  // What is written to a layer goes with the run, a report file too.
  const ran =
    ctx.isolation.level === "sandbox" && command.report === undefined
      ? await run(await ctx.checkouts.shared(command.tree), "layer")
      : await withCheckout(ctx, command.tree, (checkout) => run(checkout, "write"));
  fs.rmSync(home, { recursive: true, force: true });
  if (ran.result.termination === "aborted") ctx.signal.throwIfAborted();
  return ran;
}

/** @returns the tests that it ran, see `testsIn`. */
export function recordCommand(
  ctx: TaskContext,
  phase: "PLANNING" | "QA",
  ran: RanCommand,
): ParsedTests | null {
  const { command, result, tests: collected } = ran;
  const { purpose, on, tree, id, argv } = command;
  const { stdout, stderr } = printedBy(ran);
  const report = collected?.report ?? null;
  const tests = testsIn(ran);
  const event: EventOf<"command.ran"> = {
    type: "command.ran",
    ...inPhase(ctx, phase),
    purpose,
    on,
    tree,
    id,
    argv: [...argv],
    exit_code: result.exitCode,
    signal: result.signal,
    termination: result.termination,
    duration_ms: Math.round(result.durationMs),
    survivors: result.survivors,
    stdout: ctx.session.blob("stdout", stdout),
    stderr: ctx.session.blob("stderr", stderr),
    tests: tests?.counts ?? null,
    ...(collected && {
      report: {
        runner: collected.runner,
        tests: report && ctx.session.blob("tests.json", JSON.stringify(report)),
        problem: collected.problem,
      },
    }),
  };
  ctx.session.record(event);
  return tests;
}

/** By its runner's own report, or where there is none, as far as the output tells. */
export function testsIn(ran: RanCommand): ParsedTests | null {
  if (ran.tests?.report) return reportedTests(ran.tests.report);
  const { stdout, stderr } = printedBy(ran);
  return parseTestOutput(stdout, stderr);
}

function printedBy({ result }: RanCommand): { readonly stdout: string; readonly stderr: string } {
  return { stdout: textOf(result.stdout), stderr: result.spawnError ?? textOf(result.stderr) };
}

/** Head and tail as text, with a line between them that says what was left out. */
function textOf(output: CapturedOutput): string {
  if (!output.truncated) return output.head.toString("utf8");
  const left = output.bytes - output.head.length - output.tail.length;
  return `${output.head.toString("utf8")}\n[… ${left} bytes left out …]\n${output.tail.toString("utf8")}`;
}
