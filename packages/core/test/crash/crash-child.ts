/** A process that runs the engine on the sample task and kills itself, as `kill -9` would, at the point it is told. */

import { createEngine } from "../../src/runner/create-engine.ts";
import type { EngineEvent } from "../../src/runner/engine.ts";
import { HONEST, PROMPT } from "../support/honest-script.ts";
import { createScriptedProvider, type Script } from "../support/scripted-provider.ts";

const [project = "", home = "", mode = "start", killAt = ""] = process.argv.slice(2);
const die = () => process.kill(process.pid, "SIGKILL");

/** `type:PHASE` of a journal event, `run:PHASE` while an agent of it works, `delay:<ms>` after landing.started. */
function onEvent(event: EngineEvent): void {
  if (event.kind !== "journal") return;
  const phase = "phase" in event.event ? event.event.phase : "";
  const on = "on" in event.event ? event.event.on : "";
  if ([`${event.event.type}:${phase}`, `${event.event.type}:${on}`].includes(killAt)) die();
  if (event.event.type === "landing.started" && killAt.startsWith("delay:"))
    setTimeout(die, Number(killAt.slice("delay:".length)));
}

const script: Script = {
  ...HONEST,
  EXECUTION: {
    ...(HONEST.EXECUTION as object),
    ...(killAt === "run:EXECUTION" && {
      argv: ["sh", "-c", "(setsid sleep 300 &) ; sleep 300"] as const,
      before: () => void setTimeout(die, 700),
    }),
  },
};

const engine = createEngine({ home, version: "0.0.0", providers: () => createScriptedProvider(script) });
const sessionId = process.argv[6] ?? "";
if (mode === "approve") {
  const { digest } = await engine.approvalView(sessionId);
  await engine.approve({ sessionId, digest });
}
const result =
  mode === "start"
    ? await engine.start({
        project,
        tasks: [{ prompt: PROMPT, kind: "change", scope: [], checks: [] }],
        onEvent,
      })
    : await engine.continueSession({ sessionId, onEvent });
process.stdout.write(JSON.stringify(result));
