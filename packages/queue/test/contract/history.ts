import type { QueueState, QueueTask } from "@pm/core";
import { expect } from "vitest";

/** What one client did to one task, and was told that it succeeded. Times count the calls and answers of all clients. */
export interface HistoryEvent {
  readonly kind: "submit" | "claim" | "take over" | "use" | "let go" | "end" | "give up";
  readonly taskId: string;
  /** The one that a claim gave, or that a holder showed. */
  readonly fence: number;
  readonly start: number;
  readonly end: number;
}

const FINAL: readonly QueueState[] = ["COMPLETE", "ERROR", "INVALID", "NO_EVIDENCE", "CANCELLED"];

const groupOf = (taskId: string) => taskId.slice(0, taskId.lastIndexOf("."));
const numberOf = (taskId: string) => Number(taskId.slice(taskId.lastIndexOf(".") + 1));

/** What must be so however the calls of many clients met (Q2…Q5). @param tasks all of them, as they are at the end. */
export function expectSound(history: readonly HistoryEvent[], tasks: readonly QueueTask[]): void {
  const of = (taskId: string, ...kinds: HistoryEvent["kind"][]) =>
    history.filter((event) => event.taskId === taskId && kinds.includes(event.kind));

  for (const { task_id: id, state, fence, deaths } of tasks) {
    const claims = of(id, "claim", "take over");
    const fences = claims.map((claim) => claim.fence).sort((a, b) => a - b);
    expect(fences, `${id}: every claim has the next fencing token`).toEqual(
      Array.from({ length: fence }, (_, i) => i + 1),
    );

    for (const use of of(id, "use", "let go", "end", "give up")) {
      const newer = claims.find((claim) => claim.fence > use.fence && claim.end < use.start);
      expect(use.fence > 0 && newer, `${id}: a lost claim was good for ${use.kind}`).toBeFalsy();
    }

    for (const each of fences) {
      const ended = of(id, "let go", "end", "give up").filter((event) => event.fence === each);
      const lost = of(id, "take over").filter((event) => event.fence === each + 1);
      expect(ended.length + lost.length, `${id}: fence ${each} ended once`).toBeLessThanOrEqual(1);
    }

    const ends = of(id, "end", "give up");
    expect(FINAL.includes(state), `${id} is ${state}`).toBe(true);
    expect(ends.length, `${id} ended once`).toBe(1);
    expect(deaths, `${id}: deaths`).toBe(of(id, "take over", "give up").length);
  }
  expectInOrder(history);
}

/** When a task was claimed, the end of each earlier one of its group had at least been asked for. */
function expectInOrder(history: readonly HistoryEvent[]): void {
  const submitted = history.filter(({ kind }) => kind === "submit");
  const ends = history.filter(({ kind }) => kind === "end" || kind === "give up");
  const endOf = new Map(ends.map((event) => [event.taskId, event]));
  for (const claim of history.filter(({ kind }) => kind === "claim"))
    for (const earlier of submitted) {
      const before =
        groupOf(earlier.taskId) === groupOf(claim.taskId) &&
        numberOf(earlier.taskId) < numberOf(claim.taskId) &&
        earlier.end < claim.start;
      const ended = endOf.get(earlier.taskId);
      if (before)
        expect(
          ended && ended.start < claim.end,
          `${claim.taskId} was claimed before the end of ${earlier.taskId}`,
        ).toBe(true);
    }
}
