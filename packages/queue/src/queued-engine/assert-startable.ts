import { assertHomeApart, RunnerError, type StartInput, validateProject } from "@pm/core";

/** What can be seen to be wrong before anything is put into the queue. @throws RunnerError E101–E108, E127, E209 */
export async function assertStartable(home: string, { project, tasks }: StartInput): Promise<void> {
  if (tasks.some((task) => task.prompt.trim() === "")) throw new RunnerError("E209");
  assertHomeApart(home, (await validateProject(project)).root);
}
