import type { CommandSpec } from "./command.ts";
import { FRONT_END_ROWS } from "./rows/front-end-rows.ts";
import { QUEUE_ROWS } from "./rows/queue-rows.ts";
import { SESSION_ROWS } from "./rows/session-rows.ts";
import { SETUP_ROWS } from "./rows/setup-rows.ts";

/**
 * Every command, in the order in which help lists them. What needs nothing heavy is at hand; the rest is
 * loaded when it is used.
 */
export const COMMANDS: readonly CommandSpec[] = [
  ...SESSION_ROWS,
  ...FRONT_END_ROWS,
  ...QUEUE_ROWS,
  ...SETUP_ROWS,
];
