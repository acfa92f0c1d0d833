import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type StartedWeb, startWeb } from "../support/start-web.ts";
import { type Pages, startPages } from "./support.ts";

let pages: Pages;
let started: StartedWeb;
beforeAll(async () => {
  pages = await startPages();
  started = await startWeb({ assets: pages.assets, worker: false });
});
afterAll(async () => {
  await pages.stop();
  await started.stop();
});

/** What the browser would say of a tab behind others; a headless one shows all its tabs. */
const show = (page: Page, state: "hidden" | "visible") =>
  page.evaluate(`
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "${state}" });
    document.dispatchEvent(new Event("visibilitychange"));
  `);

const streams = async () => {
  const text = await (await fetch(`${started.web.url}/metrics`)).text();
  return Number(/^pm_event_clients (\d+)$/m.exec(text)?.[1]);
};

it("lets one hidden tab at most keep its connection, and takes up the others where they are looked at again", async () => {
  const first = await pages.open();
  const tabs = [first, await first.context().newPage(), await first.context().newPage()] as const;
  for (const tab of tabs) {
    await tab.goto(started.web.url);
    await tab.getByText("Live", { exact: true }).waitFor();
  }
  await expect.poll(streams).toBe(3);
  for (const tab of tabs) await show(tab, "hidden");
  await expect.poll(streams).toBe(1);
  for (const tab of tabs) await show(tab, "visible");
  await expect.poll(streams).toBe(3);
  for (const tab of tabs) await tab.getByText("Live", { exact: true }).waitFor();
});
