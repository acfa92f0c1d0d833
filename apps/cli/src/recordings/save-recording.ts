import { type Engine, type Redactor, RunnerError, replaceFile } from "@pm/core";
import { toRecording } from "@pm/providers";

/**
 * Writes what the agents of a session did as a recording, in place of what was there, for its owner only.
 * @throws RunnerError E523 where there is nothing to record, E310 where the evidence is not whole, E104, E109, E119
 */
export async function saveRecording(
  engine: Pick<Engine, "agentSteps">,
  redactor: Redactor,
  sessionId: string,
  path: string,
): Promise<void> {
  const recording = toRecording(await engine.agentSteps(sessionId), redactor);
  if (recording === null)
    throw new RunnerError("E523", { session: sessionId, reason: "no agent of it ran to an end" });
  await replaceFile(path, `${JSON.stringify(recording, null, 2)}\n`, 0o600);
}
