import {
  type Plan,
  planSchema,
  type Requirements,
  requirementsSchema,
  type Subtasks,
  subtasksSchema,
} from "../lifecycle/handover.ts";
import type { BlobRef } from "./blob-ref.ts";
import type { TaskState } from "./session-state.ts";

export interface HandedOver {
  readonly requirements: Requirements | null;
  readonly subtasks: Subtasks | null;
  readonly plan: Plan | null;
}

/** The hand-over documents of a task, as far as they are there. @throws RunnerError E301, E303. */
export function handedOver(task: TaskState, readBlob: (ref: BlobRef) => string): HandedOver {
  const read = <T>(name: string, schema: { parse(value: unknown): T }): T | null => {
    const ref = task.documents.get(name);
    return ref ? schema.parse(JSON.parse(readBlob(ref))) : null;
  };
  return {
    requirements: read("requirements.json", requirementsSchema),
    subtasks: read("subtasks.json", subtasksSchema),
    plan: read("plan.json", planSchema),
  };
}
