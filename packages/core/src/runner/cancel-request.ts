import * as fs from "node:fs";
import * as path from "node:path";
import { projectLayout } from "../project/layout.ts";

/**
 * How one process asks the holder of a session to stop: a file, so that it works without signals, across containers.
 * It is a wish, not evidence; what became of it is in the journal.
 */
const requestFile = (project: string, sessionId: string) =>
  path.join(projectLayout(project).controlDir, `${sessionId}.cancel`);

export function requestCancel(project: string, sessionId: string): void {
  const file = requestFile(project, sessionId);
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  fs.writeFileSync(file, "", { mode: 0o600 });
}

export function withdrawCancel(project: string, sessionId: string): void {
  fs.rmSync(requestFile(project, sessionId), { force: true });
}

/** Calls back once when a request appears. @returns stops watching. */
export function watchCancelRequest(project: string, sessionId: string, onRequest: () => void): () => void {
  const file = requestFile(project, sessionId);
  const timer = setInterval(() => {
    if (!fs.existsSync(file)) return;
    clearInterval(timer);
    onRequest();
  }, 250);
  timer.unref();
  return () => clearInterval(timer);
}
