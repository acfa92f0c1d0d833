/** What the address says of which tasks are wanted. Pure. */
import type { Task, TaskState } from "../api/types.ts";
import { STATES } from "../ui/states.ts";

export interface Filters {
  readonly view: "board" | "list" | null;
  readonly state: TaskState | null;
  readonly group: string;
  readonly text: string;
}

export function readFilters(search: string): Filters {
  const parameters = new URLSearchParams(search);
  const view = parameters.get("view");
  return {
    view: view === "board" || view === "list" ? view : null,
    state: STATES.find((state) => state === parameters.get("state")) ?? null,
    group: parameters.get("group") ?? "",
    text: parameters.get("q") ?? "",
  };
}

/** The server filters by state; the rest is looked at here, over what was fetched. */
export function wanted(task: Task, { state, group, text }: Filters): boolean {
  const needle = text.trim().toLowerCase();
  return (
    (state === null || task.status === state) &&
    (group === "" || task.task_group_id === group) &&
    (needle === "" || `${task.summary} ${task.task_id}`.toLowerCase().includes(needle))
  );
}

export interface Column {
  readonly word: string;
  readonly states: readonly TaskState[];
}

/** States that mean the same to a person share a column. */
export const BOARD_COLUMNS: readonly Column[] = [
  { word: "Queued", states: ["QUEUED"] },
  { word: "Running", states: ["RUNNING"] },
  { word: "Needs you", states: ["AWAITING_APPROVAL"] },
  { word: "Complete", states: ["COMPLETE"] },
  { word: "Not complete", states: ["ERROR", "INVALID", "NO_EVIDENCE", "CANCELLED"] },
];
