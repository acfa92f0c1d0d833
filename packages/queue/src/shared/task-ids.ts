import { RunnerError } from "@pm/core";

const GROUP_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const TASK_ID = /^(?<group>[A-Za-z0-9][A-Za-z0-9._-]{0,99})\.(?<number>[1-9][0-9]{0,11})$/;

export interface TaskIdParts {
  readonly groupId: string;
  readonly number: number;
}

/** @throws RunnerError E413 */
export function parseGroupId(value: string): string {
  if (!GROUP_ID.test(value)) throw new RunnerError("E413", { value, what: "group" });
  return value;
}

/** @throws RunnerError E413 */
export function parseTaskId(value: string): TaskIdParts {
  const { group, number } = TASK_ID.exec(value)?.groups ?? {};
  if (group === undefined || number === undefined) throw new RunnerError("E413", { value, what: "task" });
  return { groupId: group, number: Number(number) };
}

export const formatTaskId = (groupId: string, number: number): string => `${groupId}.${number}`;
