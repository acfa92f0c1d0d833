import { RunnerError } from "../errors/runner-error.ts";
import { type LifecycleState, TRANSITIONS, type Transition, type Trigger } from "./transitions.ts";

/** Looks the transition up. Pure. @throws RunnerError E206 where the table has none. */
export function step(state: LifecycleState, trigger: Trigger): Transition {
  const found = TRANSITIONS.find((row) => row.from === state && row.on === trigger);
  if (!found) throw new RunnerError("E206", { event: trigger, state });
  return found;
}
