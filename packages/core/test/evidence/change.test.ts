import { expect, it } from "vitest";
import { changeSetSchema } from "../../src/evidence/change.ts";
import { change } from "../gates/build-evidence.ts";

it("a change of a session before tests within sources were known has none", () => {
  const { tests_within, ...before } = change(["src/lib.rs"], { tests_within: ["src/lib.rs"] });
  expect(tests_within).toHaveLength(1);
  expect(changeSetSchema.parse(before).tests_within).toEqual([]);
});
