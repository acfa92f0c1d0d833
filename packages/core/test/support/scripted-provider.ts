import type { AgentRunRecord } from "../../src/evidence/run-record.ts";
import type { AgentPhase } from "../../src/lifecycle/phases.ts";
import type { AgentRunRequest, AgentRunResult, Provider } from "../../src/ports/provider.ts";

/** What a scripted agent does in one run: files it writes (null deletes), what it answers, and facts to overlay. */
export interface Act {
  readonly writes?: Readonly<Record<string, string | null>>;
  /** Run inside the isolation, before the writes. */
  readonly argv?: readonly [string, ...string[]];
  readonly answer?: unknown;
  readonly record?: Partial<AgentRunRecord>;
  /** Called on the host when the run starts. */
  readonly before?: (request: AgentRunRequest) => void | Promise<void>;
}

export type Script = Partial<Record<AgentPhase, Act | ((request: AgentRunRequest) => Act)>>;

const WRITER = `
const fs = require("node:fs"), path = require("node:path");
for (const [file, content] of Object.entries(JSON.parse(fs.readFileSync(0, "utf8")))) {
  if (content === null) fs.rmSync(file, { recursive: true });
  else { fs.mkdirSync(path.dirname(file), { recursive: true }); fs.writeFileSync(file, content); }
}`;

/** A provider whose agent does what a script says, by real processes in the real isolation. */
export function createScriptedProvider(script: Script): Provider & { readonly requests: AgentRunRequest[] } {
  const requests: AgentRunRequest[] = [];
  return {
    name: "scripted",
    requests,
    check: async () => ({ version: "1", login: "none needed" }),
    async run(request) {
      requests.push(request);
      const entry = script[request.phase] ?? {};
      const act = typeof entry === "function" ? entry(request) : entry;
      await act.before?.(request);
      const limits = {
        limitMs: request.limits.seconds * 1000,
        idleMs: request.limits.idleSeconds * 1000,
        signal: request.signal,
      };
      const ran = act.argv ? await request.exec({ ...limits, argv: act.argv }) : null;
      const wrote = await request.exec({
        ...limits,
        argv: [process.execPath, "-e", WRITER],
        stdin: JSON.stringify(act.writes ?? {}),
      });
      const last = ran && ran.termination !== "exited" ? ran : wrote;
      return toResult(
        act,
        last.exitCode,
        last.termination,
        (ran?.survivors ?? 0) + wrote.survivors,
        last.stderr.head.toString(),
      );
    },
  };
}

function toResult(
  act: Act,
  exitCode: number | null,
  termination: AgentRunRecord["termination"],
  survivors: number,
  transcript: string,
): AgentRunResult {
  return {
    structured: act.answer,
    text: "done",
    transcript,
    record: {
      exit_code: exitCode,
      signal: null,
      termination,
      duration_ms: 1,
      result_events: 1,
      is_error: false,
      outcome: "success",
      tool_calls: Object.keys(act.writes ?? {}).length,
      denials: [],
      malformed_lines: 0,
      truncated: false,
      survivors,
      output_bytes: 0,
      usage: {
        input_tokens: 1,
        output_tokens: 1,
        cache_read_tokens: 0,
        cache_write_tokens: 0,
        cost_usd: 0.5,
      },
      model: null,
      agent_version: null,
      error_code: null,
      error_message: null,
      ...act.record,
    },
  };
}
