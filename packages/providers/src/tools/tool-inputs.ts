import * as z from "zod";

/** Half of a surrogate pair can't be written down in UTF-8: it would become another character on the way. */
const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((value) => !/\p{Surrogate}/u.test(value), "holds half a character");

/** Longer ones are no system's, and would only fill memory. */
const path = () => text(4_096).min(1);
const MAX_TEXT = 4 * 1024 * 1024;
export const DEFAULT_TIMEOUT_SECONDS = 120;

/** What each tool takes, in the order in which a model is told of them. */
export const TOOL_INPUTS = {
  read: z.strictObject({
    path: path().describe("The file, from the workspace's root."),
    offset: z
      .int()
      .min(1)
      .max(1_000_000_000)
      .optional()
      .describe("First line to read; 1 is the file's first."),
    limit: z.int().min(1).max(10_000).optional().describe("How many lines; 2000 unless given."),
  }),
  list: z.strictObject({
    path: path().optional().describe("The folder; the workspace's root unless given."),
  }),
  glob: z.strictObject({
    pattern: text(1_000).min(1).describe("Such as `src/**/*.ts` or `**/*.{yml,yaml}`."),
    path: path().optional().describe("The folder to look in; the pattern starts there."),
  }),
  grep: z.strictObject({
    pattern: text(2_000).min(1).describe("A regular expression, matched within a line."),
    path: path().optional().describe("A file, or a folder with all below it; the workspace unless given."),
    glob: text(1_000).min(1).optional().describe("Only files that match, such as `*.ts`."),
    ignore_case: z.boolean().optional(),
    context: z.int().min(0).max(20).optional().describe("Lines to show before and after each match."),
  }),
  write: z.strictObject({
    path: path().describe("The file; folders above it are made."),
    content: text(MAX_TEXT).describe("All that the file is to hold."),
  }),
  edit: z
    .strictObject({
      path: path(),
      old_string: text(MAX_TEXT)
        .min(1)
        .describe("Exact text of the file, white space included, unique in it."),
      new_string: text(MAX_TEXT).describe("What is to stand there instead."),
      replace_all: z.boolean().optional().describe("Replace it wherever it stands."),
    })
    .refine(({ old_string, new_string }) => old_string !== new_string, {
      path: ["new_string"],
      message: "is the same as old_string",
    }),
  shell: z.strictObject({
    argv: z
      .array(text(128 * 1024).refine((value) => !value.includes("\0"), "holds a NUL"))
      .min(1)
      .max(1_000)
      .refine(([program]) => program !== "", "names no program")
      .describe('The program and its arguments, such as ["npm", "test"].'),
    timeout_seconds: z
      .int()
      .min(1)
      .max(86_400)
      .optional()
      .describe(`It is killed after so long; ${DEFAULT_TIMEOUT_SECONDS} unless given.`),
  }),
} as const;

export type ToolName = keyof typeof TOOL_INPUTS;
