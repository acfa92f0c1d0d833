import { expect, it } from "vitest";
import { readFilters, wanted } from "../../src/client/board/filters.ts";
import { patchPages } from "../../src/client/events/patch-pages.ts";
import { niceTop } from "../../src/client/group/nice-top.ts";
import type { Task } from "../../src/contract/tasks.ts";

const task = (id: string, status: Task["status"]): Task => ({
  task_id: id,
  task_group_id: id.split(".")[0] ?? "",
  status,
  summary: `Add ${id}`,
  project: "/p",
  submitted_at: "",
  updated_at: "",
  session_id: null,
  worker: null,
  cancel_requested: false,
  outcome: null,
});

it("changes a task where it stands, and takes it out of a list of another state", () => {
  const pages = {
    pages: [{ items: [task("a.1", "QUEUED"), task("a.2", "QUEUED")], next_cursor: null }],
    pageParams: [null],
  };
  const news = task("a.1", "RUNNING");
  expect(patchPages(pages, news, null).pages[0]?.items.map(({ status }) => status)).toEqual([
    "RUNNING",
    "QUEUED",
  ]);
  expect(patchPages(pages, news, "QUEUED").pages[0]?.items.map(({ task_id }) => task_id)).toEqual(["a.2"]);
  expect(patchPages(pages, task("b.1", "QUEUED"), null)).toBe(pages);
});

it("reads its filters from the address, and takes only what it knows", () => {
  expect(readFilters("?state=ERROR&group=a&q=Fix&view=list")).toEqual({
    view: "list",
    state: "ERROR",
    group: "a",
    text: "Fix",
  });
  expect(readFilters("?state=DONE&view=x")).toEqual({ view: null, state: null, group: "", text: "" });
  const filters = readFilters("?q=ADD%20a&group=a");
  expect(wanted(task("a.1", "ERROR"), filters)).toBe(true);
  expect(wanted(task("b.1", "ERROR"), filters)).toBe(false);
});

it("ends the axis of a chart at a round number that holds every value", () => {
  expect([0, 0.3, 7, 12, 41, 99].map(niceTop)).toEqual([0, 0.4, 10, 20, 50, 100]);
});
