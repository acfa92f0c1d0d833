/**
 * Reads the evidence of tasks for the routes. Owns what is kept of it: texts of logs (64 MB) and patches (32 MB) by their
 * digest, and which blobs belong to which task.
 *
 * Invariants:
 * D1 a log is given out only where the task's own evidence names it;
 * D2 what is kept is kept under its digest: another content has another name.
 */
import { RunnerError, stripControl, stripToLine, type TaskView } from "@pm/core";
import type { Log } from "../../contract/evidence.ts";
import { remember } from "../remember.ts";
import { type SessionTask, sessionTaskOf } from "../tasks/session-task.ts";
import type { WebOptions } from "../web-server.ts";
import { createByteCache } from "./byte-cache.ts";
import { listLogs } from "./list-logs.ts";
import { createLogText, type LogText } from "./log-text.ts";
import { type SplitPatch, splitPatch } from "./split-patch.ts";

const LOG_BYTES = 64 * 1024 * 1024;
const PATCH_BYTES = 32 * 1024 * 1024;
/** Tasks of which it is known what belongs to them. */
const TASKS = 500;

/** What any look at the evidence of a task may end with. */
export const EVIDENCE_ERRORS = ["E410", "E441", "E476", "E301", "E302", "E303"] as const;

export interface EvidenceReader {
  /** @throws RunnerError EVIDENCE_ERRORS; the same of all here */
  view(taskId: string): Promise<TaskView>;
  logs(taskId: string): Promise<Log[]>;
  /** @returns the whole of it as it was captured; `digest` is null where it still grows */
  rawLog(
    taskId: string,
    logId: string,
  ): Promise<{ readonly content: Buffer; readonly digest: string | null }>;
  logText(taskId: string, logId: string): Promise<LogText>;
  patch(taskId: string): Promise<{ readonly content: Buffer; readonly digest: string }>;
  /** @throws RunnerError E476 also where the patch has no such file */
  patchPart(taskId: string, path: string): Promise<{ readonly text: string; readonly digest: string }>;
  report(taskId: string): Promise<string>;
}

export function createEvidenceReader(options: Pick<WebOptions, "engine" | "queue">): EvidenceReader {
  const { engine, queue } = options;
  const texts = createByteCache<LogText>(LOG_BYTES, ({ bytes }) => bytes);
  const patches = createByteCache<SplitPatch>(PATCH_BYTES, ({ bytes }) => bytes);
  const logIds = new Map<string, ReadonlySet<string>>();
  const patchRefs = new Map<string, { readonly mark: string; readonly digest: string }>();

  const locate = async (taskId: string) => sessionTaskOf(options, await queue.get(taskId));
  const missing = (id: string, what: string) => new RunnerError("E476", { id, what });

  const viewOf = ({ sessionId, taskId }: SessionTask) => engine.taskView(sessionId, taskId);
  const view = async (taskId: string) => viewOf(await locate(taskId));

  async function journalOf({ sessionId, taskId }: SessionTask): Promise<string> {
    const entries = await engine.logs(sessionId, taskId);
    return entries.map(({ at, line }) => `${at} ${stripToLine(line)}\n`).join("");
  }
  const journal = async (taskId: string) => journalOf(await locate(taskId));

  async function logs(taskId: string): Promise<Log[]> {
    const task = await locate(taskId);
    const found = listLogs(await viewOf(task));
    remember(logIds, taskId, new Set(found.map(({ log_id }) => log_id)), TASKS);
    const bytes = Buffer.byteLength(await journalOf(task));
    return [{ log_id: "journal", title: "Journal", kind: "journal", phase: null, bytes }, ...found];
  }

  /** @throws RunnerError E476 */
  async function assertOwnLog(taskId: string, logId: string): Promise<void> {
    if (logIds.get(taskId)?.has(logId)) return;
    const found = await logs(taskId);
    if (!found.some(({ log_id }) => log_id === logId)) throw missing(taskId, "such log");
  }

  async function blob(taskId: string, digest: string): Promise<Buffer> {
    const { sessionId } = await locate(taskId);
    return (await engine.evidence(sessionId, digest)).content;
  }

  /** The view is made anew only after the task changed. */
  async function patchDigest(taskId: string): Promise<string> {
    const { state, updated_at } = await queue.get(taskId);
    const mark = `${state} ${updated_at}`;
    const known = patchRefs.get(taskId);
    if (known?.mark === mark && state !== "RUNNING") return known.digest;
    const digest = (await view(taskId)).change?.patch?.sha256;
    if (digest === undefined) throw missing(taskId, "patch");
    remember(patchRefs, taskId, { mark, digest }, TASKS);
    return digest;
  }

  return {
    view,
    logs,

    async rawLog(taskId, logId) {
      if (logId === "journal") return { content: Buffer.from(await journal(taskId)), digest: null };
      await assertOwnLog(taskId, logId);
      return { content: await blob(taskId, logId), digest: logId };
    },

    async logText(taskId, logId) {
      if (logId === "journal") return createLogText(await journal(taskId));
      await assertOwnLog(taskId, logId);
      return texts.get(logId, async () => createLogText((await blob(taskId, logId)).toString()));
    },

    async patch(taskId) {
      const digest = await patchDigest(taskId);
      return { content: await blob(taskId, digest), digest };
    },

    async patchPart(taskId, path) {
      const digest = await patchDigest(taskId);
      const split = await patches.get(digest, async () =>
        splitPatch((await blob(taskId, digest)).toString()),
      );
      const text = split.part(path);
      if (text === null) throw missing(taskId, "change of this file");
      return { text, digest };
    },

    async report(taskId) {
      const { sessionId, taskId: inSession } = await locate(taskId);
      const report = await engine.artifact(sessionId, "report", inSession);
      if (report === null) throw missing(taskId, "report");
      return stripControl(report);
    },
  };
}
