import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine } from "../../src/runner/create-engine.ts";
import type { Engine, EngineEvent, TaskInput } from "../../src/runner/engine.ts";
import { HONEST, PROMPT } from "../support/honest-script.ts";
import { type Files, makeProject } from "../support/sample-project.ts";
import { createScriptedProvider, type Script } from "../support/scripted-provider.ts";

export const HONEST_TASK: TaskInput = { prompt: PROMPT, kind: "change", scope: [], checks: [] };

export interface Attested {
  readonly project: string;
  readonly home: string;
  readonly engine: Engine;
  readonly notices: string[];
  start(task?: Partial<TaskInput>): ReturnType<Engine["start"]>;
  onEvent(event: EngineEvent): void;
  remove(): void;
}

/** A project and a home of its own, with an agent that does what the script says. */
export function makeAttested(script: Script = HONEST, files: Files = {}, home = makeHome()): Attested {
  const project = makeProject({ ".claude/settings.json": '{"isolation":"process"}', ...files });
  const provider = createScriptedProvider(script);
  const engine = createEngine({ home, version: "0.0.0", providers: () => provider });
  const notices: string[] = [];
  const onEvent = (event: EngineEvent) => {
    if (event.kind === "notice") notices.push(event.message);
  };
  return {
    project,
    home,
    engine,
    notices,
    onEvent,
    start: (task = {}) => engine.start({ project, tasks: [{ ...HONEST_TASK, ...task }], onEvent }),
    remove() {
      for (const dir of [project, home]) rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const makeHome = (): string => mkdtempSync(join(tmpdir(), "pm-home-"));
