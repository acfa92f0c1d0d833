import * as z from "zod";

/**
 * What agents hand over in the planning phases. Unknown keys are refused; the same for every provider.
 * Source: the runner's design, "What the agent hands over".
 */
const id = (letter: string) => z.string().regex(new RegExp(`^${letter}[0-9]{1,3}$`), `an id like ${letter}1`);
const text = z.string().trim().min(1).max(20_000);

export const requirementSchema = z.strictObject({ id: id("R"), statement: text, acceptance: text });
export const requirementsSchema = z.strictObject({
  kind: z.enum(["change", "answer"]),
  requirements: z.array(requirementSchema).min(1).max(100),
  answer: text.optional(),
});
export type Requirements = z.infer<typeof requirementsSchema>;

export const subtaskSchema = z.strictObject({
  id: id("S"),
  title: text,
  instructions: text,
  requirements: z.array(id("R")).min(1),
  depends_on: z.array(id("S")),
});
export const subtasksSchema = z.strictObject({ subtasks: z.array(subtaskSchema).min(1).max(50) });
export type Subtask = z.infer<typeof subtaskSchema>;
export type Subtasks = z.infer<typeof subtasksSchema>;

const checkBase = { id: id("C"), requirement: id("R") };
export const checkSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...checkBase,
    type: z.literal("command"),
    argv: z
      .array(z.string())
      .min(1)
      .max(100)
      .refine(([program]) => program !== "", "the program has no name"),
  }),
  z.strictObject({ ...checkBase, type: z.literal("test"), name: text }),
  z.strictObject({
    ...checkBase,
    type: z.literal("file"),
    path: z.string().min(1),
    contains: z.string().min(1).optional(),
    exists: z.boolean().optional(),
  }),
]);
export const planSchema = z.strictObject({
  scope: z.array(z.string().min(1)).min(1).max(500),
  checks: z.array(checkSchema).max(200),
});
export type Check = z.infer<typeof checkSchema>;
export type Plan = z.infer<typeof planSchema>;

/** What a person may say about a task beside its prompt. `kind` is the least that they accept as proof. */
export const TASK_KINDS = ["change", "refactor", "docs", "answer"] as const;
export const taskKindSchema = z.enum(TASK_KINDS);
export type TaskKind = z.infer<typeof taskKindSchema>;
