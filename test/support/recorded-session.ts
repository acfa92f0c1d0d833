/** A project, a home and a recording of an honest run on it, for tests that run the built `pm` without any agent. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  FIXED_SLUG,
  NEW_TEST,
  PLAN,
  PROMPT,
  REQUIREMENTS,
  SUBTASKS,
} from "../../packages/core/test/support/honest-script.ts";
import { type Files, makeProject } from "../../packages/core/test/support/sample-project.ts";
import { type PmRun, runPm } from "./run-pm.ts";

type Env = Readonly<Record<string, string>>;

export interface RecordedSession {
  readonly project: string;
  /** A folder of the test: `home` is pm's, `recording` lies beside it. */
  readonly folder: string;
  readonly env: Env;
  readonly startArgs: readonly string[];
  pm(args: readonly string[], env?: Env): Promise<PmRun>;
  /** Ids of the sessions in the project's folder. */
  sessions(): string[];
}

/** @param delays how long the agent's runs take, in milliseconds: each, or by phase. */
export function recordedSession(files: Files = {}, delays: Delays = 0): RecordedSession {
  const project = makeProject(files);
  const folder = mkdtempSync(join(tmpdir(), "pm-home-"));
  onTestFinished(() => {
    for (const dir of [project, folder]) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  });
  const recording = join(folder, "recording.json");
  writeFileSync(recording, JSON.stringify(honestRecording(delays)));
  const env = { HOME: folder, PM_HOME: join(folder, "home") };
  return {
    project,
    folder,
    env,
    startArgs: ["start", PROMPT, "--project", project, "--recording", recording, "--json"],
    pm: (args, extra = {}) => runPm(args, { ...env, ...extra }),
    sessions() {
      try {
        return readdirSync(join(project, ".pm/sessions"));
      } catch {
        return [];
      }
    },
  };
}

type Delays = number | Readonly<Record<string, number>>;

function honestRecording(delays: Delays) {
  const delayOf = (phase: string) => (typeof delays === "number" ? delays : (delays[phase] ?? 0));
  const step = (phase: string, rest: object) => ({ phase, actions: [], delay_ms: delayOf(phase), ...rest });
  const steps = [
    step("REQUIREMENT_ANALYSIS", { answer: REQUIREMENTS }),
    step("TASK_DECOMPOSITION", { answer: SUBTASKS }),
    step("PLANNING", { answer: PLAN }),
    step("EXECUTION", {
      subtask: "S1",
      actions: [
        { tool: "delete", path: "src/slug.js" },
        { tool: "write", path: "src/slug.js", content: FIXED_SLUG },
        { tool: "write", path: "test/empty.test.js", content: NEW_TEST },
      ],
    }),
  ];
  return {
    version: 1,
    recorded: { agent: "none", version: "1", date: "2026-11-23", note: "made by a test" },
    tasks: [{ prompt: PROMPT, steps }],
  };
}
