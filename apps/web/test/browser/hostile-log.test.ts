import { blankRunRecord, type Provider } from "@pm/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createScriptedAgent, HOSTILE } from "../support/scripted-agent.ts";
import { type StartedWeb, startWeb } from "../support/start-web.ts";
import { type Pages, startPages } from "./support.ts";

const LONG = 10_000_000;

/** Prints what a page must not obey, and a line of ten million characters. */
function createHostileAgent(): Provider {
  const agent = createScriptedAgent();
  return {
    ...agent,
    async run(request) {
      const result = await agent.run(request);
      return {
        ...result,
        transcript: `${HOSTILE}\n${"x".repeat(LONG)}\nend\n`,
        record: { ...blankRunRecord(null), ...result.record },
      };
    },
  };
}

let pages: Pages;
let started: StartedWeb;
let task: string;
beforeAll(async () => {
  pages = await startPages();
  started = await startWeb({ assets: pages.assets, provider: createHostileAgent() });
  task = await started.submit("Add the <img src=x onerror=alert(1)> function \u202ehostile", "hostile");
  await started.until(task, "COMPLETE");
});
afterAll(async () => {
  await pages.stop();
  await started.stop();
});

it("shows markup, colours, title changes, links and turned text of a log as harmless text", async () => {
  const page = await pages.open();
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const { items } = (await (await started.fetch(`/api/tasks/${task}/logs`)).json()) as {
    items: { log_id: string; kind: string }[];
  };
  const transcript = items.find(({ kind }) => kind === "transcript")?.log_id;
  await page.goto(`${started.web.url}/tasks/${task}/logs/${transcript}`);
  const line = page.locator(".log-line", { hasText: "<script>alert(1)</script>" });
  await line.waitFor();
  const text = (await line.textContent()) ?? "";
  expect(text).toContain("<img src=x onerror=alert(1)>");
  expect(text).not.toMatch(/[\u0000-\u0008\u001b\u009b\u202a-\u202e\u2066-\u2069]/);
  expect(await line.locator("img, script, a:not(.log-number)").count()).toBe(0);
  expect(await line.locator(".fg-red").textContent()).toBe("red");
  expect(await page.locator("h1 img").count()).toBe(0);
  expect(await page.title()).not.toContain("\u202e");
  expect(dialogs).toBe(0);
  expect(asked.filter((url) => !url.startsWith(started.web.url))).toEqual([]);
  expect(pages.complaints).toEqual([]);
});

it("shows a line of ten million characters cut, says how many are left out, and stays quick", async () => {
  const page = await pages.open();
  const { items } = (await (await started.fetch(`/api/tasks/${task}/logs`)).json()) as {
    items: { log_id: string; kind: string; bytes: number }[];
  };
  const transcript = items.find(({ kind }) => kind === "transcript");
  await page.goto(`${started.web.url}/tasks/${task}/logs/${transcript?.log_id}`);
  await page.getByText("more characters, see the raw log").waitFor();
  const long = (await page.locator(".log-line", { hasText: "more characters" }).textContent()) ?? "";
  expect(long.length).toBeLessThan(5000);
  const began = Date.now();
  await page.getByLabel("Search this log").fill("end");
  await page
    .getByText(/^\d+ lines?$|^\d+ of \d+$/)
    .first()
    .waitFor();
  expect(Date.now() - began).toBeLessThan(5000);
});
