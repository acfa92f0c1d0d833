/**
 * The REPL without a screen; the invariants R1…R6 are those of the interface, `repl-controller.ts`. It wires the
 * parts that own session, tasks, worker, card, settings and listeners, and answers what is typed.
 */
import { RunnerError } from "@pm/core";
import type { QueuedEngine } from "@pm/queue";
import { errorReport } from "../../render/error-text.ts";
import type { Services } from "../../services.ts";
import { maskInput } from "../table/mask-input.ts";
import { parseLine } from "../table/parse-line.ts";
import type { ReplCommand, ReplContext } from "../table/repl-command.ts";
import { REPL_COMMANDS } from "../table/repl-commands.ts";
import { createApprovalDesk } from "./approval-desk.ts";
import { createEmitter } from "./emitter.ts";
import { keyCommand } from "./key-setup.ts";
import { errorHere, resultHere } from "./next-step.ts";
import { createReadiness, DEFAULT_PROVIDER } from "./readiness.ts";
import type { ReplController, ReplView } from "./repl-controller.ts";
import type { ReplChoice, ReplSetup } from "./repl-setup.ts";
import type { ReplWeb } from "./repl-web.ts";
import { createSessionDesk } from "./session-desk.ts";
import { createTaskBoard } from "./task-board.ts";
import { createTaskFollower } from "./task-follower.ts";
import { createWorkerDesk } from "./worker-desk.ts";

export interface ReplControllerOptions {
  readonly services: Services;
  readonly setup: ReplSetup;
  readonly web: ReplWeb;
  /** Absolute; its real path where it has one. */
  readonly project: string;
  readonly namespace: string;
  /** Whether this process runs tasks of the namespace. */
  readonly worker: boolean;
  /** US dollars that the agents of each typed task may cost. Default: what the project's settings say. */
  readonly budgetUsd?: number | undefined;
  /** Milliseconds that never go backwards. */
  monotonic(): number;
}

export function createReplController(options: ReplControllerOptions): ReplController {
  const { services, setup, web, project, namespace, monotonic } = options;
  let ended = false;
  let closed = false;
  let webUrl: string | null = null;
  let stopWatchingWeb: (() => void) | null = null;
  let opened: Promise<QueuedEngine> | null = null;
  let stopWatching: (() => void) | null = null;

  const engine = () => {
    opened ??= services.engine(namespace);
    return opened;
  };
  const queue = () => services.queue(namespace);
  const emitter = createEmitter(view);
  const board = createTaskBoard(monotonic);
  const fail = (error: unknown) =>
    emitter.print({ kind: "error", report: errorHere(errorReport(error), desk.current()) });

  const desk = createSessionDesk({
    ...{ project, board, engine, budgetUsd: options.budgetUsd },
    choice: () => ready.choice(),
    onEvent: (taskId, event) => follower.onContinued(taskId, event),
    onEnd: (taskId, outcome) => follower.onContinuedEnd(taskId, outcome),
  });
  const worker = createWorkerDesk({
    ...{ services, project, namespace },
    onEvent: (event) => follower.onWorker(event),
    onChange(error) {
      if (error !== null) fail(error);
      emitter.changed();
    },
  });
  const follower = createTaskFollower({
    ...{ board, emitter, desk, engine, queue, monotonic },
    worker: () => worker.active(),
  });
  const approvals = createApprovalDesk({
    ...{ engine, print: emitter.print, changed: emitter.changed },
    resume: (sessionId) => desk.resume(sessionId),
  });

  const ready = createReadiness({
    ...{ services, setup, project, takePart, fail, print: emitter.print, changed: emitter.changed },
  });

  function view(): ReplView {
    const { provider, model } = ready.choice();
    return {
      ...{ project, namespace, ended, branch: ready.branch(), keySetup: ready.keySetup() },
      provider: provider ?? DEFAULT_PROVIDER,
      model: model ?? null,
      sessionId: desk.current(),
      running: board.running(),
      waiting: board.waiting(),
      approval: approvals.card(),
      ...{ worker: worker.active(), webUrl },
    };
  }

  async function takePart(): Promise<void> {
    if (closed) return;
    stopWatching ??= await follower.watch(await queue());
    if (closed) stopWatching();
    else if (options.worker) await worker.start();
  }

  async function choose(change: ReplChoice): Promise<void> {
    // A model belongs to its provider.
    const saved = await ready.choose(change.provider === undefined ? change : { ...change, model: null });
    const lines = saved
      ? []
      : ["Kept until this REPL ends: there is no .claude folder to save it in. Type /init"];
    if (desk.current() !== null) {
      desk.closeGroup();
      lines.push(`${desk.current()} keeps what it was opened with; the next task opens a new session.`);
    }
    for (const text of lines) emitter.print({ kind: "notice", text });
    await ready.refresh();
  }

  const context: ReplContext = {
    ...{
      project,
      namespace,
      services,
      setup,
      web,
      commands: REPL_COMMANDS,
      print: emitter.print,
      view,
      engine,
    },
    choose,
    refresh: ready.refresh,
    session() {
      const id = desk.current();
      if (id === null) throw new RunnerError("E201");
      return id;
    },
    async startSession() {
      await setup.assertProvider(view().provider);
      emitter.print({ kind: "result", result: resultHere(await desk.start()) });
    },
    continueSession: (id) => desk.resume(id),
    leaveSession() {
      desk.use(null);
      approvals.show(null);
      emitter.print({ kind: "notice", text: "The next task opens a new session." });
    },
    async keysChanged() {
      // Engines know the secrets of the moment in which they were composed.
      opened = null;
      worker.renew();
      await ready.refresh();
    },
    showApproval: approvals.show,
    end() {
      ended = true;
    },
  };

  function blocked(what: string): void {
    const error = new RunnerError("E503", { provider: view().provider });
    const message = `${what} not available in Key Setup Mode: ${ready.keySetup()}`;
    const typed = keyCommand(view().provider);
    const hint = `Type: ${typed} (only /help, /keys, /provider and /exit work until then)`;
    emitter.print({ kind: "error", report: { ...error.toReport(), message, hint } });
  }

  async function runCommand(command: ReplCommand, words: readonly string[]): Promise<void> {
    if (ready.keySetup() !== null && !command.inKeySetup) blocked(`/${command.name} is`);
    else await command.run(context, words);
  }

  async function runTask(prompt: string): Promise<void> {
    if (ready.keySetup() !== null) {
      blocked("Tasks are");
      return;
    }
    await setup.assertProvider(view().provider);
    await setup.assertKey(view().provider);
    if (stopWatching === null) await ready.assertProject();
    const [task] = await follower.submitting(() => desk.submit(prompt));
    if (task === undefined) return;
    const heldBy = board.heldBy(task);
    const id = task.task_id;
    if (heldBy !== null) {
      emitter.print({ kind: "notice", text: `${id} waits for ${heldBy}, which waits for you: /status` });
    } else if (!worker.active()) {
      emitter.print({ kind: "notice", text: `${id} waits for a worker: none runs here` });
    }
  }

  /** @param call what a person asked for (R6) */
  async function answered(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      fail(error);
    }
    emitter.changed();
  }

  return {
    view,
    open() {
      stopWatchingWeb ??= web.watch((url) => {
        webUrl = url;
        emitter.changed();
      });
      return ready.open();
    },
    onItem: emitter.onItem,
    onView: emitter.onView,
    onAttention: emitter.onAttention,
    async submit(text) {
      const line = parseLine(text, REPL_COMMANDS);
      if (line.kind === "empty") return;
      emitter.print({ kind: "input", text: maskInput(text) });
      await ready.open();
      await answered(async () => {
        if (line.kind === "error") emitter.print(line);
        else if (line.kind === "task") await runTask(line.prompt);
        else await runCommand(line.command, line.words);
      });
    },
    decide: (made) => answered(() => approvals.decide(made)),
    interrupt: () =>
      answered(async () => {
        desk.interrupt();
        await Promise.all(board.here().map((taskId) => worker.interrupt(taskId)));
      }),
    async settled() {
      await ready.open();
      await desk.idle();
      await follower.settled();
    },
    async sessions() {
      return (await engine()).sessions(project);
    },
    providers: setup.providerNames,
    models: async () => (await setup.models(view().provider, false)).models,
    async close() {
      closed = true;
      desk.interrupt();
      await desk.idle();
      await worker.stop();
      stopWatching?.();
      stopWatchingWeb?.();
      emitter.close();
    },
  };
}
