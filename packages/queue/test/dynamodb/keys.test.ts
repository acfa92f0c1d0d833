import type { QueueState } from "@pm/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  groupMonth,
  orderOf,
  partsOf,
  projectPrefix,
  shardOf,
  stateKey,
  taskKey,
  timeOf,
} from "../../src/dynamodb/keys.ts";

const time = fc.integer({ min: 0, max: 9_999_999_999_999 });
const number = fc.integer({ min: 1, max: 999_999_999_999 });
const groupId = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);
const project = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("p", "p#", "p#1", "#", "p#1#2"));
const parts = fc.record({ groupId, number });

describe("the keys of a task", () => {
  it("tell whose they are", () => {
    fc.assert(
      fc.property(groupId, number, (group, n) => {
        expect(partsOf(taskKey({ groupId: group, number: n }))).toEqual({ groupId: group, number: n });
      }),
    );
  });

  it("order the tasks of a group by number", () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const sort = (n: number) => taskKey({ groupId: "g", number: n }).sk;
        expect(sort(a) < sort(b)).toBe(a < b);
      }),
    );
  });

  it("order those of a state by time, in whichever project the waiting ones are", () => {
    const state = fc.constantFrom<QueueState>("QUEUED", "RUNNING", "COMPLETE");
    fc.assert(
      fc.property(state, parts, parts, time, time, project, (at, one, other, a, b, name) => {
        const key = (whose: typeof one, atMs: number) =>
          stateKey(at, whose, { atMs, project: name, shards: 1 });
        const [first, second] = [key(one, a), key(other, b)];
        expect(timeOf(orderOf(at, first.ssk))).toBe(a);
        if (a !== b) expect(first.ssk < second.ssk).toBe(a < b);
      }),
    );
  });

  it("keep projects apart, whatever they are called, and stay short", () => {
    fc.assert(
      fc.property(project, project, parts, (one, other, whose) => {
        const { ssk } = stateKey("QUEUED", whose, { atMs: 1, project: one, shards: 1 });
        expect(ssk.startsWith(projectPrefix(one))).toBe(true);
        expect(ssk.startsWith(projectPrefix(other))).toBe(one === other);
        expect(Buffer.byteLength(ssk)).toBeLessThan(160);
      }),
    );
  });

  it("spread groups over all shards, and each group over one", () => {
    const shards = Array.from({ length: 200 }, (_, n) => shardOf(`session-${n}`, 8));
    expect(new Set(shards).size).toBe(8);
    expect(shardOf("session-1", 8)).toBe(shards[1]);
  });
});

it("a month of groups is named by its digits, so that names order as months do", () => {
  expect(groupMonth(new Date("2026-01-31T23:59:59Z"))).toBe("GROUPS#202601");
});
