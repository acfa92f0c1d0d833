import type { ChangeSet, FileChange } from "../../src/evidence/change.ts";
import type { CheckRecord, CommandRecord, RunEvidence, TaskEvidence } from "../../src/gates/task-evidence.ts";
import { defaultSettings } from "../../src/project/parse-settings.ts";

export const BASE = "a".repeat(40);
export const RESULT = "b".repeat(40);
const PROOF = "c".repeat(40);
const RESTORED = "d".repeat(40);
const HOLLOW = "9".repeat(40);
const blob = { name: "x", sha256: "0".repeat(64), bytes: 0, encoding: "identity" as const };

export function file(path: string, changes: Partial<FileChange> = {}): FileChange {
  return {
    path,
    status: "modified",
    old_mode: "100644",
    new_mode: "100644",
    old_oid: BASE,
    new_oid: RESULT,
    added_lines: 1,
    deleted_lines: 1,
    ...changes,
  };
}

export function change(paths: readonly string[], changes: Partial<ChangeSet> = {}): ChangeSet {
  return {
    base: BASE,
    result: RESULT,
    files: paths.map((path) => file(path)),
    escapes: [],
    secrets: [],
    scripts_changed: [],
    switched_off: [],
    programs: [],
    tests_within: [],
    cosmetic: [],
    hollow: null,
    ...changes,
  };
}

const OTHER = "8".repeat(40);

const TREES = {
  base: BASE,
  result: RESULT,
  proof: PROOF,
  hollow: HOLLOW,
  thrown: OTHER,
  reverted: OTHER,
  undeclared: OTHER,
  restored: RESTORED,
  jumbled: OTHER,
  emptied: OTHER,
  altered: OTHER,
  altered_restored: OTHER,
  altered_base: OTHER,
  held: OTHER,
  held_base: BASE,
};

export function command(
  on: CommandRecord["on"],
  id: string,
  exit_code: number,
  changes: Partial<CommandRecord> = {},
): CommandRecord {
  return {
    phase: on === "base" ? "PLANNING" : "QA",
    attempt: 1,
    purpose: /^[CU]\d/.test(id) ? "check" : "qa",
    on,
    tree: TREES[on],
    id,
    argv: ["node", "check.js"],
    exit_code,
    signal: null,
    termination: "exited",
    duration_ms: 5,
    survivors: 0,
    stdout: blob,
    stderr: blob,
    tests: null,
    ...changes,
  };
}

export function check(on: CheckRecord["on"], id: string, passed: boolean, tree = TREES[on]): CheckRecord {
  return { phase: on === "base" ? "PLANNING" : "QA", attempt: 1, on, tree, id, passed, detail: "as seen" };
}

export function run(
  record: Partial<RunEvidence["record"]> = {},
  changes: Partial<RunEvidence> = {},
): RunEvidence {
  return {
    phase: "EXECUTION",
    attempt: 1,
    run_id: "run-1",
    subtask_id: "S1",
    ask: 1,
    writes: true,
    superseded: false,
    transcript: blob,
    answer: null,
    ...changes,
    record: {
      exit_code: 0,
      signal: null,
      termination: "exited",
      duration_ms: 1000,
      result_events: 1,
      is_error: false,
      outcome: "success",
      tool_calls: 3,
      denials: [],
      malformed_lines: 0,
      truncated: false,
      survivors: 0,
      output_bytes: 10,
      usage: {
        input_tokens: 1,
        output_tokens: 1,
        cache_read_tokens: 0,
        cache_write_tokens: 0,
        cost_usd: null,
      },
      model: null,
      agent_version: null,
      error_code: null,
      error_message: null,
      ...record,
    },
  };
}

/** Evidence of an honest task that deserves COMPLETE; tests change one thing of it. */
export function evidence(changes: Partial<TaskEvidence> = {}): TaskEvidence {
  const phases = ["REQUIREMENT_ANALYSIS", "TASK_DECOMPOSITION", "PLANNING", "EXECUTION", "QA"] as const;
  return {
    sessionId: "session-1",
    taskId: "task-1",
    prompt: "Make slugify lower-case its input",
    kind: "change",
    personScope: [],
    personChecks: [],
    settings: defaultSettings(),
    phases: [
      ...phases.map((phase, index) => ({
        phase,
        attempt: 1,
        outcome: "passed" as const,
        startedSeq: 10 * index + 1,
        endedSeq: 10 * index + 9,
      })),
      { phase: "COMPLETION_VALIDATION", attempt: 1, outcome: "started", startedSeq: 60, endedSeq: null },
    ],
    runs: [run({ tool_calls: 0 }, { phase: "PLANNING", writes: false, subtask_id: null }), run()],
    openRuns: [],
    providerObjection: null,
    requirements: {
      kind: "change",
      requirements: [
        { id: "R1", statement: "slugify makes its input lower-case", acceptance: "slugify('A') is 'a'" },
      ],
    },
    subtasks: {
      subtasks: [{ id: "S1", title: "slug", instructions: "do it", requirements: ["R1"], depends_on: [] }],
    },
    plan: {
      scope: ["src/**", "test/**"],
      checks: [{ id: "C1", requirement: "R1", type: "command", argv: ["node", "check.js"] }],
    },
    change: change(["src/slug.js", "test/slug.test.js"]),
    commands: [
      command("base", "npm test", 0, { tests: { passed: 3, failed: 0, skipped: 0 } }),
      command("base", "C1", 1),
      command("result", "npm test", 0, { tests: { passed: 4, failed: 0, skipped: 0 } }),
      command("result", "C1", 0),
      command("proof", "C1", 1),
      command("restored", "npm test", 0, { tests: { passed: 3, failed: 0, skipped: 0 } }),
    ],
    checks: [],
    survivors: 0,
    executionSeconds: 12,
    waivers: [],
    ...changes,
  };
}
