import { expect, it } from "vitest";
import { groupPath, matchRoute, TABS, taskPath } from "../../src/client/router/match-route.ts";

it("finds the screen of every address that it makes itself", () => {
  for (const tab of TABS) {
    expect(matchRoute(taskPath("a.b-c.12", tab))).toEqual({ name: "task", id: "a.b-c.12", tab, log: null });
  }
  expect(matchRoute(taskPath("g.1", "logs", "ab12"))).toMatchObject({ tab: "logs", log: "ab12" });
  expect(matchRoute(groupPath("g"))).toEqual({ name: "group", id: "g" });
  expect(matchRoute("/")).toEqual({ name: "inbox" });
  expect(matchRoute("/tasks/")).toEqual({ name: "tasks" });
});

it("knows no other address, however it is written", () => {
  for (const path of [
    "/x",
    "/tasks/g.1/nothing",
    "/tasks/g.1/report/log",
    "/groups/a/b",
    "/tasks/%E0%A4%A",
    "/tasks/a/logs/b/c",
  ]) {
    expect(matchRoute(path), path).toEqual({ name: "missing" });
  }
});
