import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createWebServer } from "../../src/index.ts";
import { type StartedWeb, startWeb } from "../support/start-web.ts";
import { type Pages, PHONE, startPages } from "./support.ts";

let pages: Pages;
let started: StartedWeb;
beforeAll(async () => {
  pages = await startPages();
  started = await startWeb({ assets: pages.assets });
});
afterAll(async () => {
  await pages.stop();
  await started.stop();
});

const badge = (page: Page, word: string) => page.locator(".badge").getByText(word, { exact: true });

it("takes a task from the composer through its phases, evidence and approval to COMPLETE", async () => {
  const page = await pages.open();
  await page.goto(started.web.url);
  await page.getByText("Live", { exact: true }).waitFor();

  await page.getByLabel("What is to be done?").fill("Add the wide function greet");
  await page.getByRole("combobox", { name: "Group" }).fill("flow");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL("**/tasks/flow.1");

  // Seen as it happens: nothing here loads the page again.
  await page.locator(".lane", { hasText: "Execution" }).getByText("Passed").waitFor();
  await badge(page, "Awaiting approval").waitFor();
  await page.getByText("Changed outside the plan's scope").first().waitFor();
  await expect.poll(() => page.title()).toMatch(/^● 1 needs you/);

  await page.getByRole("link", { name: "Changes" }).click();
  await page.getByRole("table").getByText('return "greet";').waitFor();
  await page.getByLabel("Filter files").fill("docs");
  expect(await page.locator(".diff-card").count()).toBe(1);

  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Look and approve" }).click();
  const approval = (await (await started.fetch("/api/tasks/flow.1/approval")).json()) as { digest: string };
  await page.getByText(approval.digest).waitFor();
  await page.getByText("This is a waiver").waitFor();

  await page.getByRole("button", { name: "Waive and take it" }).click();
  await page.getByText("A waiver says why").waitFor();
  expect(existsSync(join(started.project, "docs/greet.md"))).toBe(false);

  await page.getByLabel("Why (needed)").fill("The note is wanted");
  await page.getByRole("button", { name: "Waive and take it" }).click();
  await badge(page, "Complete").waitFor();
  await page.getByText("The note is wanted").waitFor();
  await badge(page, "Proven").waitFor();
  expect((await started.queue.get("flow.1")).state).toBe("COMPLETE");
  expect(existsSync(join(started.project, "docs/greet.md"))).toBe(true);
});

it("decides nothing where what is approved changed since it was looked at, and shows the new one", async () => {
  const task = await started.submit("Add the wide function stale", "stale");
  await started.until(task, "AWAITING_APPROVAL");
  const page = await pages.open();
  await page.route("**/approval", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as object;
    const old = "0".repeat(64);
    await route.fulfill({
      response: answer,
      headers: { ...answer.headers(), etag: `"${old}"` },
      json: { ...body, digest: old },
    });
    await page.unroute("**/approval");
  });
  await page.goto(`${started.web.url}/tasks/${task}/evidence`);
  await page.getByText("0".repeat(64)).waitFor();
  await page.getByLabel("Why (needed)").fill("Looks good");
  await page.getByRole("button", { name: "Waive and take it" }).click();
  await page.getByText("It changed meanwhile.").waitFor();
  expect((await started.queue.get(task)).state).toBe("AWAITING_APPROVAL");

  await page.getByRole("button", { name: "Show it as it is now" }).click();
  const approval = (await (await started.fetch(`/api/tasks/${task}/approval`)).json()) as { digest: string };
  await page.getByText(approval.digest).waitFor();
  expect(await page.getByLabel("Why (needed)").inputValue()).toBe("Looks good");
});

it("keeps what was typed where the server can't be reached, and submits it once it can", async () => {
  const page = await pages.open(PHONE);
  await page.goto(started.web.url);
  await page.getByRole("button", { name: "New task" }).click();
  await page.getByLabel("What is to be done?").fill("Add the function kept");
  await page.getByRole("combobox", { name: "Group" }).fill("kept");
  await page.route("**/api/tasks", (route) => route.abort());
  await page.getByRole("button", { name: "Submit task" }).click();
  await page.getByText("It was not submitted. What you wrote is kept.").waitFor();

  await page.reload();
  await page.unroute("**/api/tasks");
  await page.getByRole("button", { name: "New task" }).click();
  expect(await page.getByLabel("What is to be done?").inputValue()).toBe("Add the function kept");
  await page.getByRole("button", { name: "Submit task" }).click();
  await page.waitForURL("**/tasks/kept.1");
  await badge(page, "Complete").waitFor();
  expect((await started.queue.listTasks({ groupId: "kept" })).items).toHaveLength(1);
});

it("comes back by itself after the server was started anew, with what happened meanwhile", async () => {
  const page = await pages.open();
  await page.goto(started.web.url);
  await page.getByText("Live", { exact: true }).waitFor();
  const { engine, queue, project, web } = started;
  await web.stop(100);
  await page.getByText("Reconnecting", { exact: true }).waitFor();
  await engine.enqueue({
    ...{ project, sessionId: "meanwhile" },
    tasks: [{ prompt: "Add the function meanwhile", kind: "change", scope: [], checks: [] }],
  });
  const again = await createWebServer({
    ...{ engine, queue, project, namespace: "default", version: "0.0.0", port: web.port, auth: "local" },
    ...{ publicHosts: [], assets: pages.assets, worker: () => "running", log: () => {} },
  });
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Add the function meanwhile" }).waitFor();
  await again.stop(100);
});
