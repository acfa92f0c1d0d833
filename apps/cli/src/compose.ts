import { type Engine, RunnerError } from "@pm/core";
import type { EngineWiring } from "./services.ts";

/** The only place that wires the engine and its providers. */
export function composeEngine(
  _env: Readonly<Record<string, string | undefined>>,
  _version: string,
  _wiring: EngineWiring,
): Engine {
  throw new RunnerError("E121", { reason: "The engine is not part of this build yet." });
}
