/** What the server answers, as types only: the page parses nothing again that its own server has parsed. */
export type { Info } from "../../contract/access.ts";
export type { StreamEvent } from "../../contract/events.ts";
export type { Approval, Log, LogLines, TaskView } from "../../contract/evidence.ts";
export type { Problem } from "../../contract/problem.ts";
export type { NewTask, PageOf, Task, TaskDetail, TaskGroup } from "../../contract/tasks.ts";

import type { loginLinkSchema } from "../../contract/access.ts";
import type { logSearchSchema, TaskView } from "../../contract/evidence.ts";
import type { Task } from "../../contract/tasks.ts";

export type LoginLink = ReturnType<(typeof loginLinkSchema)["parse"]>;
export type LogSearch = ReturnType<(typeof logSearchSchema)["parse"]>;
export type TaskState = Task["status"];
export type PhaseView = TaskView["phases"][number];
export type PhaseName = PhaseView["phase"];
export type RunView = TaskView["runs"][number];
export type CommandView = TaskView["commands"][number];
export type RequirementView = TaskView["requirements"][number];
export type CheckView = RequirementView["checks"][number];
export type ViolationView = TaskView["violations"][number];
export type ChangedFile = NonNullable<TaskView["change"]>["files"][number];
