/**
 * Owns what is chosen (provider, model) and what is known of keys and project, and with it whether the REPL may take part in
 * its queue. Talks to the user's settings and to the project.
 *
 * Invariants:
 * P1 nothing is watched and nothing runs in Key Setup Mode, or before the project is valid;
 * P2 a choice that can't be saved yet holds in this REPL, and is saved as soon as it can be.
 */
import { isRunnerError, stripToLine } from "@pm/core";
import type { Services } from "../../services.ts";
import { keySetupReason } from "./key-setup.ts";
import type { ReplItem } from "./repl-controller.ts";
import type { ReplChoice, ReplSetup } from "./repl-setup.ts";

export const DEFAULT_PROVIDER = "claude-code";
/** What `/init` puts right. */
const NO_PROJECT: ReadonlySet<string> = new Set(["E105", "E106"]);

export interface ReadinessOptions {
  readonly services: Pick<Services, "validate">;
  readonly setup: ReplSetup;
  readonly project: string;
  /** Watches the queue and works for it; may be called again. */
  takePart(): Promise<void>;
  print(item: ReplItem): void;
  fail(error: unknown): void;
  changed(): void;
}

export interface Readiness {
  choice(): ReplChoice;
  branch(): string | null;
  keySetup(): string | null;
  /** The first look; the same promise each time. */
  open(): Promise<void>;
  /** Looks anew; what is found is an item where it is another than before. */
  refresh(): Promise<void>;
  /** @throws RunnerError what stands in the way of running a task */
  assertProject(): Promise<void>;
  /** @returns whether it was saved, or only holds here. @throws RunnerError */
  choose(change: ReplChoice): Promise<boolean>;
}

export function createReadiness(options: ReadinessOptions): Readiness {
  const { services, setup, project, print, fail } = options;
  let choice: ReplChoice = {};
  let unsaved: ReplChoice | null = null;
  let branch: string | null = null;
  let keySetup: string | null = null;
  let toldNoProject = false;
  let opening: Promise<void> | null = null;

  async function begin(): Promise<void> {
    try {
      choice = await setup.choice();
    } catch (error) {
      fail(error);
    }
    await refresh();
  }

  async function refresh(): Promise<void> {
    try {
      branch = await setup.branch();
      const before = keySetup;
      keySetup = await keySetupReason(setup, choice.provider ?? DEFAULT_PROVIDER);
      if (keySetup !== before) tellKeySetup();
      if (keySetup === null) await assertProject();
    } catch (error) {
      if (isRunnerError(error) && NO_PROJECT.has(error.code)) tellNoProject(error.message);
      else fail(error);
    }
    options.changed();
  }

  function tellKeySetup(): void {
    const text =
      keySetup === null ? "Key Setup Mode is over: every command works." : `Key Setup Mode: ${keySetup}`;
    print({ kind: "notice", text });
  }

  /** Nothing has failed: every project begins so. */
  function tellNoProject(message: string): void {
    if (toldNoProject) return;
    toldNoProject = true;
    print({ kind: "notice", text: `${stripToLine(message)} Type /init to make this a project.` });
  }

  async function assertProject(): Promise<void> {
    const [problem] = (await services.validate(project)).problems;
    if (problem !== undefined) throw problem;
    if (unsaved !== null && (await setup.saveChoice(unsaved))) unsaved = null;
    await options.takePart();
  }

  return {
    choice: () => choice,
    branch: () => branch,
    keySetup: () => keySetup,
    open() {
      opening ??= begin();
      return opening;
    },
    refresh,
    assertProject,
    async choose(change) {
      const saved = await setup.saveChoice(change);
      if (!saved) unsaved = { ...unsaved, ...change };
      choice = { ...choice, ...change };
      return saved;
    },
  };
}
