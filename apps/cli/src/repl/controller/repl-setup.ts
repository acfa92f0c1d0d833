import type { ReplConfig } from "@pm/core";
import type { UserSetup } from "../../setup/user-setup.ts";

/** Which provider and model the sessions of a project use; what is left out stays as it is, a model of null is the default. */
export type ReplChoice = ReplConfig;

/** What the REPL asks of the user's own settings and of the project's. */
export interface ReplSetup extends UserSetup {
  /** @throws RunnerError E103, E107, E108 */
  choice(): Promise<ReplChoice>;
  /** @returns false where the project has no .claude folder to save it in. @throws RunnerError E104, E107, E108 */
  saveChoice(change: ReplChoice): Promise<boolean>;
  /** @returns where its key or login comes from. @throws RunnerError E501–E504, E508 what is missing */
  login(provider: string): Promise<string>;
  /** Of the project's git repository; null without one. */
  branch(): Promise<string | null>;
}
