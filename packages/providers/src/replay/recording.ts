import { readFile } from "node:fs/promises";
import { AGENT_PHASES, RunnerError, usageSchema } from "@pm/core";
import * as z from "zod";
import { endedSchema } from "./ended.ts";

const relativePath = z.string().min(1).max(4096);

const actionSchema = z.discriminatedUnion("tool", [
  z
    .strictObject({
      tool: z.literal("write"),
      path: relativePath,
      content: z.string().optional(),
      /** Bytes that are no text, in place of `content`. */
      base64: z.base64().optional(),
      /** Missing: as it was, or not executable where it is new. */
      executable: z.boolean().optional(),
    })
    .refine(({ content, base64 }) => (content === undefined) !== (base64 === undefined), {
      message: "holds either content or base64",
    }),
  z.strictObject({ tool: z.literal("edit"), path: relativePath, old: z.string().min(1), new: z.string() }),
  z.strictObject({ tool: z.literal("delete"), path: relativePath }),
  z.strictObject({ tool: z.literal("link"), path: relativePath, target: z.string().min(1).max(4096) }),
  z.strictObject({ tool: z.literal("run"), argv: z.array(z.string()).min(1) }),
  /** A tool was used and left nothing behind in the files. */
  z.strictObject({ tool: z.literal("look") }),
]);
export type RecordedAction = z.infer<typeof actionSchema>;

const stepSchema = z.strictObject({
  phase: z.enum(AGENT_PHASES),
  subtask: z
    .string()
    .regex(/^S[0-9]{1,3}$/)
    .optional(),
  /** 1 where it is missing. */
  attempt: z.number().int().positive().optional(),
  actions: z.array(actionSchema),
  /** As it was given, so an answer that could not be used too. */
  answer: z.unknown().optional(),
  text: z.string().optional(),
  usage: usageSchema.optional(),
  delay_ms: z.number().int().nonnegative().max(600_000).optional(),
  /** What went wrong when it was recorded. */
  ended: endedSchema.optional(),
});
export type RecordedStep = z.infer<typeof stepSchema>;

const recordingSchema = z.strictObject({
  /** 1: before there were `base64`, `executable`, `link`, `look`, `ended` and `objection`, all of which may be missing. */
  version: z.union([z.literal(1), z.literal(2)]),
  recorded: z.strictObject({ agent: z.string(), version: z.string(), date: z.string(), note: z.string() }),
  tasks: z
    .array(
      z.strictObject({
        prompt: z.string().min(1),
        steps: z.array(stepSchema),
        /** What the provider itself said against the task at its end. */
        objection: z.string().min(1).optional(),
      }),
    )
    .min(1),
});
export type Recording = z.infer<typeof recordingSchema>;

/** @throws RunnerError E508 naming the place in the file that is not right. */
export async function loadRecording(path: string): Promise<Recording> {
  const raw = await readFile(path, "utf8").catch((cause: unknown) => {
    throw unusable(path, cause instanceof Error ? cause.message : String(cause), cause);
  });
  const parsed = recordingSchema.safeParse(parseJson(path, raw));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw unusable(path, `${issue?.path.join(".") || "the file"}: ${issue?.message ?? "is not valid"}`);
  }
  refuseTwins(path, parsed.data);
  return parsed.data;
}

function parseJson(path: string, raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const position = /position (\d+)/.exec(reason)?.[1];
    throw unusable(
      path,
      position === undefined ? reason : `${place(raw, Number(position))}: ${reason}`,
      cause,
    );
  }
}

function place(raw: string, position: number): string {
  const before = raw.slice(0, position).split("\n");
  return `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
}

/** Two steps for one run would make which one is played a matter of order. */
function refuseTwins(path: string, recording: Recording): void {
  const seen = new Set<string>();
  for (const [t, task] of recording.tasks.entries()) {
    for (const [s, step] of task.steps.entries()) {
      const key = JSON.stringify([task.prompt.trim(), step.phase, step.subtask ?? null, step.attempt ?? 1]);
      if (seen.has(key)) throw unusable(path, `tasks.${t}.steps.${s}: a second step for the same run`);
      seen.add(key);
    }
  }
}

function unusable(path: string, reason: string, cause?: unknown): RunnerError {
  return new RunnerError("E508", { path, reason }, cause);
}
