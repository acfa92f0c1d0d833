import * as z from "zod";

/** The seven phases, in their only order. */
export const PHASES = [
  "REQUIREMENT_ANALYSIS",
  "TASK_DECOMPOSITION",
  "PLANNING",
  "EXECUTION",
  "QA",
  "COMPLETION_VALIDATION",
  "REPORT",
] as const;

export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;

/** Phases that an agent works in; the others are `pm`'s own. */
export const AGENT_PHASES = ["REQUIREMENT_ANALYSIS", "TASK_DECOMPOSITION", "PLANNING", "EXECUTION"] as const;
export type AgentPhase = (typeof AGENT_PHASES)[number];

export function isAgentPhase(phase: Phase): phase is AgentPhase {
  return (AGENT_PHASES as readonly string[]).includes(phase);
}
