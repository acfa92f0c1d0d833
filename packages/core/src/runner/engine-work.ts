/**
 * The engine's calls that write evidence. Every call opens what it needs and closes it again; nothing is kept
 * between calls.
 */
import { join } from "node:path";
import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import { isBegun } from "../evidence/is-begun.ts";
import { createRedactor } from "../evidence/redactor.ts";
import { deleteExpiredSessions } from "../evidence/retention.ts";
import { SECRET_PATTERNS } from "../evidence/secret-patterns.ts";
import { lockHolder } from "../locks/file-lock.ts";
import { assertHomeApart } from "../project/home-apart.ts";
import { parseSessionId, projectLayout, sessionLayout } from "../project/layout.ts";
import { loadSettings } from "../project/load-settings.ts";
import { ensurePmDir } from "../project/pm-dir.ts";
import { loadReplConfig } from "../project/repl-config.ts";
import type { Settings } from "../project/settings.ts";
import { assertWritable, validateProject } from "../project/validate-project.ts";
import { chooseIsolation } from "../sandbox/choose-isolation.ts";
import { createSnapshotStore } from "../workspace/create-snapshot-store.ts";
import { removeTree } from "../workspace/open-access.ts";
import { alteredResult, isAltered } from "./altered-result.ts";
import { expireApprovals, recordApproval } from "./approvals.ts";
import { attestSession } from "./attest-session.ts";
import { cancelTasks, stopHolder } from "./cancel-session.ts";
import type { Engine, EngineEvent, RunControl, TaskInput } from "./engine.ts";
import type { EngineOptions } from "./engine-options.ts";
import type { ExecutionResult } from "./execution-result.ts";
import { makeScratch } from "./make-scratch.ts";
import { type OpenSession, openSession } from "./open-session.ts";
import { readSession } from "./read-session.ts";
import { refsOf, refuseUncontinuable } from "./refuse-uncontinuable.ts";
import { runSession } from "./run-session.ts";
import { assertNotHeld } from "./session-holder.ts";
import type { SessionIndex } from "./session-index.ts";
import { systemClock, systemIds } from "./system-ports.ts";
import { toExecutionResult } from "./to-execution-result.ts";

const DEFAULT_PROVIDER = "claude-code";

export type EngineWork = Pick<Engine, "start" | "continueSession" | "approve" | "cancel">;

export function createEngineWork(options: EngineOptions, index: SessionIndex): EngineWork {
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? systemIds;
  const redactor = createRedactor(options.secrets ?? [], SECRET_PATTERNS);
  const quiet = () => {};

  const hold = (
    project: string,
    id: string,
    compress: boolean,
    onEvent: (event: EngineEvent) => void = quiet,
  ) => {
    try {
      return openSession({ project, id, clock, compress, redactor, onEvent });
    } catch (error) {
      throw resumable(error, id, isBegun(sessionLayout(project, id).dir));
    }
  };

  const resultOf = (session: Pick<OpenSession, "state" | "dir" | "read">): ExecutionResult =>
    toExecutionResult(session.state, session.dir, session.read);

  function submit(session: OpenSession, tasks: readonly TaskInput[], settings: Settings): void {
    const known = refsOf(session.state);
    for (const task of tasks) {
      if (task.prompt.trim() === "") throw new RunnerError("E209");
      if (task.ref !== undefined && known.has(task.ref)) continue;
      const budget = task.budgetUsd ?? settings.budget_usd;
      session.record({
        type: "task.submitted",
        task_id: `task-${session.state.tasks.size + 1}`,
        prompt: task.prompt,
        kind: task.kind,
        scope: [...task.scope],
        checks: task.checks.map((argv) => [...argv]),
        ...(task.ref === undefined ? {} : { ref: task.ref }),
        ...(budget === undefined ? {} : { budget_usd: budget }),
      });
    }
  }

  /** All that may be missing on this machine is looked for before anything is written. */
  async function prepare(project: string, id: string, settings: Settings, providerName: string) {
    const provider = options.providers(providerName, { projectDir: project });
    const checked = provider.check();
    // Both look by running something, so side by side; what the isolation lacks is said first.
    checked.catch(() => {});
    const isolation = await chooseIsolation({
      ...(settings.isolation && { requested: settings.isolation }),
      required: settings.require_sandbox,
      projectDir: project,
    });
    await checked;
    await ensurePmDir(project);
    const scratch = await makeScratch(project, id);
    isolation.prepare?.(scratch);
    const { store: storeDir } = projectLayout(project);
    const store = await createSnapshotStore({
      projectDir: project,
      storeDir,
      workDir: scratch,
      knownSecrets: options.secrets ?? [],
    }).catch(async (error: unknown) => {
      await removeTree(scratch);
      throw error;
    });
    return { provider, isolation, settings, store, scratch };
  }

  async function attachAndRun(
    session: OpenSession,
    prepared: Awaited<ReturnType<typeof prepare>>,
    control: RunControl,
  ) {
    session.record({
      type: "session.attached",
      fence: session.fence,
      pid: process.pid,
      pm_version: options.version,
      isolation: prepared.isolation.level,
      settings: session.blob("settings.json", JSON.stringify(prepared.settings)),
    });
    await runSession({
      ...prepared,
      session,
      model: session.state.opened?.model ?? null,
      clock,
      ids,
      signal: control.signal,
      only: control.only,
      hold: (id) => hold(session.project, id, prepared.settings.evidence_settings.compression_enabled),
      onEvent: control.onEvent ?? quiet,
    });
    session.checkpoint();
    await attestSession(session, options.home, control.onEvent ?? quiet);
  }

  async function runToResult(...[session, prepared, control]: Parameters<typeof attachAndRun>) {
    try {
      await attachAndRun(session, prepared, control);
      return resultOf(session);
    } catch (error) {
      if (isAltered(error)) return alteredResult(resultOf(session), error);
      throw error;
    }
  }

  const work: EngineWork = {
    async start(input) {
      if (input.tasks.some((task) => task.prompt.trim() === "")) throw new RunnerError("E209");
      const layout = await validateProject(input.project);
      assertHomeApart(options.home, layout.root);
      await assertWritable(layout);
      index.assertWritable();
      const { settings } = await loadSettings(layout.root);
      const repl = await loadReplConfig(layout.root);
      const provider = input.provider ?? repl.provider ?? DEFAULT_PROVIDER;
      const model = input.model ?? repl.model ?? null;
      deleteExpiredSessions(layout.sessionsDir, {
        retentionDays: settings.evidence_settings.retention_days,
        now: clock.now(),
        isHeld: (other) => lockHolder(join(layout.locksDir, other)) !== null,
      });
      const id = input.sessionId === undefined ? ids.session() : parseSessionId(input.sessionId);
      if (input.sessionId !== undefined && isBegun(sessionLayout(layout.root, id).dir)) {
        // The home folder forgot it, or another process was faster: what was begun is never begun again.
        index.add({ session_id: id, project: layout.root, opened_at: clock.now().toISOString() });
        return work.continueSession({ ...input, sessionId: id });
      }
      const prepared = input.tasks.length > 0 ? await prepare(layout.root, id, settings, provider) : null;
      // First: a line of a session that never was is passed over, and a session without its line could not be found.
      index.add({ session_id: id, project: layout.root, opened_at: clock.now().toISOString() });
      const session = hold(layout.root, id, settings.evidence_settings.compression_enabled, input.onEvent);
      try {
        session.record({
          type: "session.opened",
          session_id: id,
          project: layout.root,
          pm_version: options.version,
          provider,
          model,
        });
        submit(session, input.tasks, settings);
        session.checkpoint();
        return prepared ? await runToResult(session, prepared, input) : resultOf(session);
      } catch (error) {
        if (session.state.opened === null) await removeTree(session.dir);
        throw resumable(error, session.id, session.state.opened !== null);
      } finally {
        session.close();
      }
    },

    async continueSession(input) {
      const project = index.find(input.sessionId);
      assertHomeApart(options.home, project);
      assertNotHeld(project, input.sessionId);
      refuseUncontinuable(readSession(project, input.sessionId).state, input);
      const { settings } = await loadSettings((await validateProject(project)).root);
      const compress = settings.evidence_settings.compression_enabled;
      const session = hold(project, input.sessionId, compress, input.onEvent);
      try {
        refuseUncontinuable(session.state, input, expireApprovals(session, clock.now()));
        const hasWork = session.state.tasks.size + (input.tasks?.length ?? 0) > 0;
        const provider = session.state.opened?.provider ?? DEFAULT_PROVIDER;
        const prepared = hasWork ? await prepare(project, session.id, settings, provider) : null;
        submit(session, input.tasks ?? [], settings);
        session.checkpoint();
        return prepared ? await runToResult(session, prepared, input) : resultOf(session);
      } catch (error) {
        throw resumable(error, session.id, session.state.opened !== null);
      } finally {
        session.close();
      }
    },

    async approve({ sessionId, digest, note }) {
      const session = hold(index.find(sessionId), sessionId, true);
      try {
        recordApproval(session, digest, note ?? null, clock.now());
        return resultOf(session);
      } finally {
        session.close();
      }
    },

    async cancel(sessionId, refs) {
      const project = index.find(sessionId);
      assertHomeApart(options.home, project);
      // One task of several is no reason to stop another that is running: then the session is in use.
      if (refs === undefined) await stopHolder(project, sessionId);
      const session = hold(project, sessionId, true);
      try {
        await cancelTasks(session, refs);
        await attestSession(session, options.home, quiet);
        return resultOf(session);
      } finally {
        session.close();
      }
    },
  };
  return work;
}

/** @returns where a disk stopped a session that is on record, the error that names how to go on; one that is not has none. */
function resumable(error: unknown, id: string, onRecord: boolean): unknown {
  if (!isRunnerError(error)) return error;
  if (error.code !== "E109" && error.code !== "E307") return error;
  if (!onRecord) return error.code === "E307" ? new RunnerError("E119", error.data, error) : error;
  const reason = error.code === "E109" ? "no space is left" : error.data.reason;
  return new RunnerError("E307", { path: error.data.path, reason, session: id }, error);
}
