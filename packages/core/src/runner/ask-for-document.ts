import type * as z from "zod";
import type { RuleContext } from "../gates/handover-rules.ts";
import type { AgentPhase } from "../lifecycle/phases.ts";
import type { Violation } from "../lifecycle/violation.ts";
import { askAgent } from "./ask-agent.ts";
import { baseOf, promptMaterial } from "./material.ts";
import { buildPrompt } from "./prompts.ts";
import { failed, type PhaseOutcome, passed, type TaskContext } from "./task-context.ts";

export interface WantedDocument<T> {
  readonly phase: Exclude<AgentPhase, "EXECUTION">;
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** What the document must obey beyond its schema. */
  rules(value: T, context: RuleContext): Violation[];
  /** What else the phase does once the document is there. */
  readonly afterwards?: (value: T) => Promise<void>;
}

/** An agent that can only read the base hands over one document; the phase rests on it. */
export async function askForDocument<T>(ctx: TaskContext, wanted: WantedDocument<T>): Promise<PhaseOutcome> {
  const { phase, name, schema } = wanted;
  const material = await promptMaterial(ctx);
  const context = { sessionId: ctx.session.id, taskId: ctx.taskId };
  const answer = await askAgent(ctx, {
    phase,
    subtaskId: null,
    access: "read",
    checkout: await ctx.checkouts.shared(baseOf(ctx)),
    prompt: (correction) => buildPrompt(phase, { ...material, ...(correction && { correction }) }),
    answer: { name, schema, rules: (value) => wanted.rules(value, context) },
  });
  if (!answer.ok) return failed(answer.violations);
  if (answer.value === null) throw new Error(`${phase} without ${name}`);
  await wanted.afterwards?.(answer.value);
  return passed(ctx.session.blob(name, JSON.stringify(answer.value, null, 2)));
}
