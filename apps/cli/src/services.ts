import type { Engine, RunnerError, TaskQueue } from "@pm/core";
import type { Place, QueuedEngine, Worker, WorkerEvent } from "@pm/queue";
import type { WebOptions, WebServer } from "@pm/web";
import type { DoctorCheck } from "./doctor/doctor-check.ts";
import type { ReplayReport } from "./recordings/replay-report.ts";
import type { ReplayControl } from "./recordings/replay-session.ts";
import type { UserSetup } from "./setup/user-setup.ts";

export interface ProjectReport {
  /** Its real path. */
  readonly project: string;
  /** Everything that makes it no valid project; empty where it is one. */
  readonly problems: readonly RunnerError[];
}

export interface InitReport {
  readonly project: string;
  /** Paths relative to the project. */
  readonly created: readonly string[];
  readonly kept: readonly string[];
}

export interface WorkerSetup {
  readonly namespace: string;
  /** Valid projects, absolute. */
  readonly projects: readonly string[];
  readonly concurrency: number;
  onEvent(event: WorkerEvent): void;
}

export interface RunningWorker {
  readonly worker: Worker;
  readonly places: readonly Place[];
}

/** What a web server is, beside what it is wired with. */
export type WebSetup = Omit<WebOptions, "engine" | "queue" | "version" | "assets">;

export interface CreatedQueue {
  readonly engine: TaskQueue["engine"];
  /** A file, or a table and its region. */
  readonly place: string;
  /** What a role needs to be allowed; null where nothing is needed. */
  readonly policy: object | null;
}

/** What commands ask of the rest of the product. Each part is loaded when it is first asked for. */
export interface Services {
  /** Every task that it is given goes through the queue of the namespace. */
  engine(namespace: string): Promise<QueuedEngine>;
  /** The same one each time. @throws RunnerError E420–E436, E443 */
  queue(namespace: string): Promise<TaskQueue>;
  /** What the queue knows a project by. @throws RunnerError E101 */
  place(engine: TaskQueue["engine"], project: string): Promise<Place>;
  /** Makes what the queue of a namespace needs; does nothing where it is there. */
  createQueue(namespace: string, shards: number | undefined): Promise<CreatedQueue>;
  /** Without asking anybody. */
  queuePolicy(namespace: string): Promise<object>;
  /** Whether a process that holds tasks is certainly no more; false where that can't be known from here. */
  isGone(workerId: string): Promise<boolean>;
  startWorker(setup: WorkerSetup): Promise<RunningWorker>;
  /** Listens when it has resolved. */
  startWeb(setup: WebSetup): Promise<WebServer>;
  /** Writes a recording of a session. @returns the file. @throws RunnerError E523, E310, E104, E109, E119 */
  record(engine: Engine, sessionId: string, path: string): Promise<string>;
  /** Runs a session once more from its evidence. @throws RunnerError E523, E302, E310 */
  replay(engine: Engine, sessionId: string, control: ReplayControl): Promise<ReplayReport>;
  validate(project: string): Promise<ProjectReport>;
  /** How many tasks of a project may run at once, by its settings. */
  executors(project: string): Promise<number>;
  /** @throws RunnerError E101–E104, E109, E119, E122 */
  init(project: string): Promise<InitReport>;
  /** Keys, providers and models of the person. */
  userSetup(): Promise<UserSetup>;
  /** Looks at the machine, the logins, the queue and one project; never throws for what it finds. */
  doctor(project: string, namespace: string): Promise<readonly DoctorCheck[]>;
  /** Closes every queue that was opened; none can be used after it. */
  close(): Promise<void>;
}
