import type { TestCounts } from "../evidence/events.ts";
import type { Usage } from "../evidence/run-record.ts";
import type { TaskState } from "../evidence/session-state.ts";
import { isUnpriced } from "../evidence/sum-usage.ts";
import type { TaskUsage } from "../evidence/task-usage.ts";
import type { Status } from "../lifecycle/status.ts";
import type { Violation } from "../lifecycle/violation.ts";
import { describeCost, dollars } from "../text/describe-cost.ts";
import { stripControl } from "../text/strip-control.ts";

/** `report.json`. */
export interface TaskReport {
  readonly session_id: string;
  readonly task_id: string;
  readonly prompt: string;
  readonly kind: string;
  readonly status: Status;
  readonly isolation: string;
  readonly provider: string;
  readonly base: string | null;
  readonly result: string | null;
  readonly landed: boolean;
  readonly phases: readonly {
    readonly phase: string;
    readonly outcome: TaskState["phases"][number]["outcome"];
  }[];
  readonly files: readonly {
    readonly path: string;
    readonly status: string;
    readonly added_lines: number | null;
    readonly deleted_lines: number | null;
  }[];
  readonly commands: readonly {
    readonly purpose: string;
    readonly on: string;
    readonly id: string;
    readonly argv: readonly string[];
    readonly outcome: string;
    readonly duration_ms: number;
    readonly tests: TestCounts | null;
    /** The runner that reported them itself; null where they are read from what the command printed. */
    readonly reported_by: string | null;
  }[];
  readonly checks: readonly {
    readonly id: string;
    readonly on: string;
    readonly passed: boolean;
    readonly detail: string;
  }[];
  readonly runs: readonly {
    readonly run_id: string;
    readonly phase: string;
    readonly subtask_id: string | null;
    readonly outcome: string;
    readonly duration_ms: number;
    readonly tool_calls: number;
    readonly model: string | null;
    readonly usage: Usage;
  }[];
  readonly violations: readonly Violation[];
  readonly waived: readonly Violation[];
  readonly approvals: readonly {
    readonly effect: string;
    readonly note: string | null;
    readonly digest: string;
  }[];
  readonly budget_usd: number | null;
  readonly usage: TaskUsage;
  /** What could not be looked at, as sentences. */
  readonly not_covered: readonly string[];
}

/** The report as Markdown, for people. Text of the repository or of agents is shown without control characters. */
export function renderReport(report: TaskReport): string {
  const lines = [
    `# ${report.status}: ${shorten(line(report.prompt), 120)}`,
    "",
    `Session ${report.session_id}, task ${report.task_id}. Agent: ${line(report.provider)}, isolation: ${report.isolation}.`,
    report.landed ? "The change is in the project's working tree." : "The project was not changed.",
    ...block(
      "Why it is not COMPLETE",
      report.violations.map((found) => `- **${found.code}** ${line(found.message)} ${line(found.hint)}`),
    ),
    ...block(
      "Accepted by a person",
      report.waived.map((found) => `- ${found.code} ${line(found.message)}`),
    ),
    ...block(
      "Not covered",
      report.not_covered.map((sentence) => `- ${line(sentence)}`),
    ),
    ...table(
      "Phases",
      ["phase", "outcome"],
      report.phases.map(({ phase, outcome }) => [phase, outcome]),
    ),
    ...table(
      "Files",
      ["file", "change", "+", "−"],
      report.files.map((file) => [
        file.path,
        file.status,
        count(file.added_lines),
        count(file.deleted_lines),
      ]),
    ),
    ...table(
      "What pm ran itself",
      ["on", "id", "command", "outcome", "tests", "ms"],
      report.commands.map((ran) => [
        ran.on,
        ran.id,
        ran.argv.join(" "),
        ran.outcome,
        tests(ran.tests, ran.reported_by),
        String(ran.duration_ms),
      ]),
    ),
    ...table(
      "Checks without a command",
      ["on", "id", "passed", "detail"],
      report.checks.map((check) => [check.on, check.id, check.passed ? "yes" : "no", check.detail]),
    ),
    ...table(
      "Agent runs",
      ["run", "phase", "subtask", "model", "outcome", "tool calls", "ms", "tokens in", "tokens out", "cost"],
      report.runs.map((run) => [
        run.run_id,
        run.phase,
        run.subtask_id ?? "",
        run.model ?? "",
        run.outcome,
        String(run.tool_calls),
        String(Math.round(run.duration_ms)),
        String(tokensIn(run.usage)),
        String(run.usage.output_tokens),
        describeCost({ ...run.usage, unpriced_runs: isUnpriced(run.usage) ? 1 : 0 }) ?? "",
      ]),
    ),
    ...block("Cost", costLines(report)),
  ];
  return `${lines.join("\n")}\n`;
}

const line = (text: string) => stripControl(text).replace(/\s+/g, " ").trim();
const shorten = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length).replace(/\s+\S*$/, "")} …`;
const cell = (text: string) => line(text).replaceAll("|", "\\|");
const count = (value: number | null) => (value === null ? "binary" : String(value));
const tests = (counts: TestCounts | null, by: string | null) =>
  counts
    ? `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped${by ? ` (by ${by})` : ""}`
    : "";

const tokensIn = (usage: Usage) => usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens;

function costLines({ usage, budget_usd }: TaskReport): string[] {
  const cost = describeCost(usage);
  if (cost === null && budget_usd === null) return [];
  const tokens = `${tokensIn(usage)} tokens in, ${usage.output_tokens} out`;
  return [`${cost ?? "Nothing"}; ${tokens}.${budget_usd === null ? "" : ` Budget: ${dollars(budget_usd)}.`}`];
}

function block(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `## ${title}`, "", ...lines];
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return block(title, rows.length === 0 ? [] : [row(head), row(head.map(() => "---")), ...rows.map(row)]);
}
