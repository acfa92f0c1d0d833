export { isKeyId } from "./attestation/is-key-id.ts";
export { ERROR_CODES, type ErrorCode, fillTemplate } from "./errors/codes.ts";
export type { ErrorSpec } from "./errors/error-spec.ts";
export { type ErrorData, type ErrorReport, isRunnerError, RunnerError } from "./errors/runner-error.ts";
export type { BlobRef } from "./evidence/blob-ref.ts";
export { canonicalJson } from "./evidence/canonical-json.ts";
export type { JournalEvent, JournalLine } from "./evidence/events.ts";
export { createRedactor, redactDeep } from "./evidence/redactor.ts";
export {
  type AgentRunRecord,
  agentRunRecordSchema,
  NO_USAGE,
  type Usage,
  usageSchema,
} from "./evidence/run-record.ts";
export { NO_TASK_USAGE, sumUsage } from "./evidence/sum-usage.ts";
export type { TaskUsage } from "./evidence/task-usage.ts";
export { violationOf } from "./gates/violation-of.ts";
export {
  planSchema,
  requirementsSchema,
  subtasksSchema,
  TASK_KINDS,
  type TaskKind,
  taskKindSchema,
} from "./lifecycle/handover.ts";
export { AGENT_PHASES, type AgentPhase, PHASES, type Phase } from "./lifecycle/phases.ts";
export { STATUS_EXIT_CODES, type Status } from "./lifecycle/status.ts";
export {
  type EndState,
  endStateOf,
  isFinal,
  OPEN_STATES,
  QUEUE_TRANSITIONS,
  type QueueState,
  type QueueTransition,
  type QueueTrigger,
  queueStateSchema,
  queueStatesBefore,
  queueStep,
  TASK_STATES,
} from "./lifecycle/task-states.ts";
export { type Violation, violationSchema } from "./lifecycle/violation.ts";
export { acquireLock, type HeldLock, LockHeldError } from "./locks/file-lock.ts";
export { isAlive, type ProcessIdentity, processIdentity } from "./locks/process-identity.ts";
export { blankRunRecord } from "./ports/blank-run-record.ts";
export type { Clock, Ids } from "./ports/clock.ts";
export type {
  AgentActivity,
  AgentRunRequest,
  AgentRunResult,
  FinishedRun,
  ListedModel,
  ModelList,
  Provider,
  ProviderStatus,
} from "./ports/provider.ts";
export type { Redactor } from "./ports/redactor.ts";
export type { AdmittedCall, Spending } from "./ports/spending.ts";
export {
  type Claim,
  type ClaimedTask,
  type ClaimNextRequest,
  type ClaimRequest,
  type Ending,
  type Page,
  type PageRequest,
  type QueueGroup,
  type QueueStats,
  type QueueTask,
  type QueueTaskDetail,
  queueTaskSchema,
  type SeenLease,
  type SeenWorker,
  type Submission,
  type Submitted,
  type TaskOutcome,
  type TaskPayload,
  type TaskQueue,
  taskOutcomeSchema,
  taskPayloadSchema,
  type WorkerInfo,
  workerInfoSchema,
} from "./ports/task-queue.ts";
export { assertHomeApart } from "./project/home-apart.ts";
export { KEY_VARIABLES, type KeyProvider, type KeyStatus, keyStatus } from "./project/key-status.ts";
export { loadSettings } from "./project/load-settings.ts";
export { makeDirs } from "./project/make-dirs.ts";
export { pmHome } from "./project/pm-home.ts";
export { removeUserKey } from "./project/remove-user-key.ts";
export { loadReplConfig, type ReplConfig } from "./project/repl-config.ts";
export { replaceFile } from "./project/replace-file.ts";
export { saveReplConfig } from "./project/save-repl-config.ts";
export { saveUserKey } from "./project/save-user-key.ts";
export { initProject, type Scaffold } from "./project/scaffold.ts";
export { type SplitWords, splitWords } from "./project/split-words.ts";
export {
  type AcpAgent,
  loadUserConfig,
  type OpenaiCompatible,
  type UserConfig,
} from "./project/user-config.ts";
export { findProjectProblems, validateProject } from "./project/validate-project.ts";
export type { AgentStep, FileEdit, SessionSteps, TaskSteps } from "./runner/agent-steps.ts";
export { createEngine } from "./runner/create-engine.ts";
export type {
  ApprovalView,
  Engine,
  EngineEvent,
  LogEntry,
  RunControl,
  SessionSummary,
  StartInput,
  TaskInput,
  TaskRef,
  VerifyProblem,
  VerifyReport,
} from "./runner/engine.ts";
export type { EngineOptions } from "./runner/engine-options.ts";
export type { ExecutionResult, TaskResult } from "./runner/execution-result.ts";
export type { SessionExport } from "./runner/export-session.ts";
export { describeEvent } from "./runner/log-entries.ts";
export { assertSessionOf, projectHolding } from "./runner/session-place.ts";
export { createSpending, type TaskSpending } from "./runner/spending.ts";
export { newSessionId } from "./runner/system-ports.ts";
export { type TaskView, taskViewSchema } from "./runner/task-view.ts";
export { chooseIsolation, type IsolationChoice } from "./sandbox/choose-isolation.ts";
export { createLineSplitter, type LineSplitter, type LineSplitterOptions } from "./sandbox/line-splitter.ts";
export { createOutputCapture, type OutputCapture } from "./sandbox/output-capture.ts";
export { type BubblewrapProbe, probeBubblewrap } from "./sandbox/probe-bubblewrap.ts";
export type {
  CapturedOutput,
  CommandResult,
  CommandSpec,
  Isolation,
  IsolationLevel,
  Place,
  Termination,
} from "./sandbox/types.ts";
export { describeCost } from "./text/describe-cost.ts";
export { stripControl, stripToLine } from "./text/strip-control.ts";
export { requireGit } from "./workspace/init-store.ts";
export { removeTree } from "./workspace/open-access.ts";
