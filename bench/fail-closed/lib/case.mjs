/**
 * What a case is. A file below `cases/<family>/` exports one as its default; its name is the file's.
 *
 * @typedef {"COMPLETE" | "INCOMPLETE" | "NO_EVIDENCE" | "ERROR" | "INVALID"} Status
 * @typedef {{ id: string, title?: string, instructions?: string, requirements?: string[], depends_on?: string[] }} Subtask
 * @typedef {{ prompt: string, requirements?: string[], scope?: string[], checks: object[], subtasks?: Subtask[] }} Task
 *   Without requirements the prompt is the one. A check is for R1 unless it says otherwise.
 * @typedef {{ status: Status, gates?: readonly string[], codes?: readonly string[] }} Expectation
 *   The gates and codes must be among the violations; there may be more.
 * @typedef {import("./agent.mjs").Agent} Agent
 * @typedef {import("./open-session.mjs").Session} Session
 * @typedef {{
 *   why: string,
 *   expect: Expectation,
 *   withoutSandbox?: Expectation | "not covered",
 *   needs?: string,
 *   tools?: readonly string[],
 *   files?: Readonly<Record<string, string | Buffer | null>>,
 *   bare?: boolean,
 *   git?: boolean,
 *   settings?: object,
 *   prepare?: (project: string) => void,
 *   start?: readonly string[],
 *   task?: Task,
 *   analyse?: (agent: Agent) => object | void,
 *   decompose?: (agent: Agent) => object | void,
 *   plan?: (agent: Agent) => object | void,
 *   execute?: (agent: Agent) => unknown,
 *   approve?: Omit<Expectation, "status">,
 *   act?: (session: Session) => Promise<Answer>,
 *   after?: (session: Session) => string | null | undefined | Promise<string | null | undefined>,
 *   touches?: boolean,
 *   verify?: number,
 * }} Case
 *   - `expect`: what TRUST asks for, whatever `pm` does today; `withoutSandbox` where that differs there.
 *   - `needs`: a hole that is known, and what would close it. It is shown and counted apart, and has to be one.
 *   - `tools`: programs without which the case can't run.
 *   - `files` stand beside the sample's (null takes one away); `bare` leaves those out.
 *   - `prepare` does more to the project, after its commit.
 *   - `start`: further words of `pm start`.
 *   - `analyse`, `decompose`, `plan` give another document than the task's, `execute` plays EXECUTION.
 *   - `approve`: `pm start` must end INCOMPLETE with these; then comes `pm approve` and `pm continue`.
 *   - `act` takes the place of all that. `after` looks at what is left and says what is wrong with it.
 *   - `touches`: the project's files differ afterwards. Default: exactly when the status is COMPLETE.
 *   - `verify`: exit code of `pm verify` at the end, default 0.
 *
 * @typedef {{ exit: number | null, status: Status, codes: string[], gates: string[], id: string | null, messages: string[] }} Answer
 */
export {};
