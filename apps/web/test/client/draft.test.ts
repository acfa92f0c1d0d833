import { expect, it } from "vitest";
import { EMPTY_DRAFT, toRequest } from "../../src/client/inbox/draft.ts";

it("sends only what was said", () => {
  expect(toRequest({ ...EMPTY_DRAFT, prompt: " Add it \n" })).toEqual({
    body: { prompt: "Add it", kind: "change" },
  });
  const full = {
    ...EMPTY_DRAFT,
    prompt: "Add it",
    group: " api ",
    scope: "src/**\n\n test/** ",
    checks: "npm test -- 'a b'\n",
    model: "m",
  };
  expect(toRequest(full)).toEqual({
    body: {
      prompt: "Add it",
      kind: "change",
      task_group_id: "api",
      scope: ["src/**", "test/**"],
      checks: [["npm", "test", "--", "a b"]],
      model: "m",
    },
  });
});

it("says which field is not right yet", () => {
  expect(toRequest(EMPTY_DRAFT)).toMatchObject({ field: "prompt" });
  expect(toRequest({ ...EMPTY_DRAFT, prompt: "x", group: "a/b" })).toMatchObject({ field: "group" });
  expect(toRequest({ ...EMPTY_DRAFT, prompt: "x", checks: "npm 'test" })).toMatchObject({ field: "checks" });
});
