import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  endStateOf,
  isFinal,
  OPEN_STATES,
  QUEUE_TRANSITIONS,
  type QueueState,
  type QueueTrigger,
  queueStatesBefore,
  queueStep,
  TASK_STATES,
} from "../../src/lifecycle/task-states.ts";

const TRIGGERS = [...new Set(QUEUE_TRANSITIONS.map((row) => row.on))];
const ways = (from: QueueState) => QUEUE_TRANSITIONS.filter((row) => row.from === from);

describe("the states of a task in the queue", () => {
  it("have at most one way for each state and trigger", () => {
    const keys = QUEUE_TRANSITIONS.map((row) => `${row.from} ${row.on}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("are all reached from QUEUED", () => {
    const reached = new Set<QueueState>(["QUEUED"]);
    for (let before = 0; before !== reached.size; ) {
      before = reached.size;
      for (const row of QUEUE_TRANSITIONS) if (reached.has(row.from)) reached.add(row.to);
    }
    expect([...reached].sort()).toEqual([...TASK_STATES].sort());
  });

  it("are final where nothing leads on, and open where a person or a worker can still do something", () => {
    for (const state of TASK_STATES) {
      expect(isFinal(state), state).toBe(ways(state).length === 0);
      expect(isFinal(state), state).toBe(!(OPEN_STATES as readonly QueueState[]).includes(state));
    }
  });

  it("can all come to an end: no open state is a trap", () => {
    for (const from of OPEN_STATES) {
      const reached = new Set<QueueState>([from]);
      for (let before = 0; before !== reached.size; ) {
        before = reached.size;
        for (const row of QUEUE_TRANSITIONS) if (reached.has(row.from)) reached.add(row.to);
      }
      for (const state of TASK_STATES) if (isFinal(state)) expect(reached, from).toContain(state);
    }
  });

  it("let only a claim lead into RUNNING, and only an ending, its loss or its return out of it", () => {
    const into = QUEUE_TRANSITIONS.filter(({ from, to }) => to === "RUNNING" && from !== "RUNNING");
    expect(new Set(into.map(({ on }) => on))).toEqual(new Set(["claimed"]));
    const out = QUEUE_TRANSITIONS.filter(({ from, to }) => from === "RUNNING" && to !== "RUNNING");
    for (const { on } of out) expect(on).toMatch(/^(ended:|given\.up$|released$)/);
  });

  it("name the state that a run ends in", () => {
    for (const { on, to } of QUEUE_TRANSITIONS) if (on.startsWith("ended:")) expect(on).toBe(`ended:${to}`);
    const ends = QUEUE_TRANSITIONS.filter(({ on }) => on.startsWith("ended:")).map(({ to }) => to);
    expect([...ends].sort()).toEqual(
      TASK_STATES.filter((state) => state !== "QUEUED" && state !== "RUNNING").sort(),
    );
  });

  it("give the guards of a conditional write", () => {
    expect(queueStatesBefore("claimed")).toEqual(["QUEUED", "AWAITING_APPROVAL"]);
    expect(queueStatesBefore("renewed")).toEqual(["RUNNING"]);
    expect(queueStatesBefore("cancelled")).toEqual(["QUEUED", "AWAITING_APPROVAL"]);
  });
});

describe("queueStep", () => {
  it("leads where the table says, and refuses all else with E411, naming the task", () => {
    for (const state of TASK_STATES)
      for (const on of TRIGGERS) {
        const row = ways(state).find((candidate) => candidate.on === on);
        if (row) expect(queueStep("g.1", state, on)).toBe(row.to);
        else
          expect(() => queueStep("g.1", state, on), `${on} from ${state}`).toThrowError(
            expect.objectContaining({ code: "E411", data: { event: on, id: "g.1", state } }),
          );
      }
  });

  it("agrees with the guards, and leaves no final state, whatever is thrown at it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<QueueTrigger>(...TRIGGERS), { maxLength: 60 }), (triggers) => {
        let state: QueueState = "QUEUED";
        for (const on of triggers) {
          if (!queueStatesBefore(on).includes(state)) continue;
          expect(isFinal(state)).toBe(false);
          state = queueStep("g.1", state, on);
        }
      }),
    );
  });
});

describe("endStateOf", () => {
  it("keeps a status, and makes of INCOMPLETE a matter for a person, or for nobody where it was cancelled", () => {
    for (const cancelled of [true, false])
      for (const status of ["COMPLETE", "ERROR", "INVALID", "NO_EVIDENCE"] as const)
        expect(endStateOf(status, cancelled)).toBe(status);
    expect(endStateOf("INCOMPLETE", false)).toBe("AWAITING_APPROVAL");
    expect(endStateOf("INCOMPLETE", true)).toBe("CANCELLED");
  });
});
