import * as z from "zod";
import { ERROR_CODES, type ErrorCode } from "../errors/codes.ts";
import { phaseSchema } from "./phases.ts";

const errorCodeSchema = z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]);

/**
 * Why a gate, a limit or a rule did not pass.
 *
 * `approval` says what a person's approval would do: `accept` takes the result as it is (a waiver), `rerun` lets the
 * lifecycle go again from `rerun_from`; `null` means that nobody can approve it.
 */
export const violationSchema = z.strictObject({
  code: errorCodeSchema,
  gate: z.string(),
  status: z.enum(["INVALID", "ERROR", "NO_EVIDENCE", "INCOMPLETE"]),
  message: z.string(),
  hint: z.string(),
  task_id: z.string().nullable(),
  paths: z.array(z.string()),
  approval: z.enum(["accept", "rerun"]).nullable(),
  rerun_from: phaseSchema.nullable(),
});
export type Violation = z.infer<typeof violationSchema>;
