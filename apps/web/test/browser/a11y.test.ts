import { afterAll, beforeAll, expect, it } from "vitest";
import { type StartedWeb, startWeb } from "../support/start-web.ts";
import { axeFaults, DESK, type Pages, PHONE, startPages } from "./support.ts";

let pages: Pages;
let started: StartedWeb;
beforeAll(async () => {
  pages = await startPages();
  started = await startWeb({ assets: pages.assets });
  const [done, waiting] = [
    await started.submit("Add the function seen", "shown"),
    await started.submit("Add the wide function asked", "shown"),
  ];
  await started.submit("Add the slow function pending", "running");
  await started.until(done, "COMPLETE");
  await started.until(waiting, "AWAITING_APPROVAL");
});
afterAll(async () => {
  await pages.stop();
  await started.stop();
});

const SCREENS = [
  "/",
  "/tasks?view=board",
  "/tasks?view=list",
  "/groups",
  "/groups/shown",
  "/tasks/shown.1",
  "/tasks/shown.1/logs",
  "/tasks/shown.1/changes",
  "/tasks/shown.1/evidence",
  "/tasks/shown.1/report",
  "/tasks/shown.2/evidence",
  "/tasks/running.1",
  "/tasks/nothing.1",
];

for (const [where, options] of [
  ["on a desk", DESK],
  ["on a phone", PHONE],
] as const) {
  it(`has no fault that axe finds in both themes, and nothing wider than the screen, ${where}`, async () => {
    const page = await pages.open({ ...options, colorScheme: "light", reducedMotion: "reduce" });
    for (const screen of SCREENS) {
      await page.goto(`${started.web.url}${screen}`);
      await page.getByText("Live", { exact: true }).waitFor();
      await page.locator(".skeleton").first().waitFor({ state: "detached" });
      expect(await axeFaults(page), screen).toEqual([]);
      // Only colours are another matter in the other theme.
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await axeFaults(page, ["color-contrast", "link-in-text-block"]), `${screen}, dark`).toEqual([]);
      await page.emulateMedia({ colorScheme: "light" });
      const tooWide = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
      expect(tooWide, screen).toBeLessThanOrEqual(0);
    }
  }, 120_000);
}

it("has no fault in its dialogs and sheets, and each is closed by Escape", async () => {
  const page = await pages.open({ ...DESK, reducedMotion: "reduce" });
  await page.goto(started.web.url);
  await page.getByText("Live", { exact: true }).waitFor();
  for (const [key, name] of [
    ["?", "Shortcuts"],
    ["Control+k", "Find or do"],
  ] as const) {
    await page.locator("body").press(key);
    await page.getByRole("dialog", { name }).waitFor();
    expect(await axeFaults(page), name).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await page.getByRole("button", { name: "Open on your phone" }).click();
  await page.getByAltText("The link as a QR code").waitFor();
  expect(await axeFaults(page)).toEqual([]);
});

it("can be used by keys alone: to the tasks, down the list, into one and between its parts", async () => {
  const page = await pages.open();
  await page.goto(started.web.url);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.waitForURL("**/tasks");
  await page.locator("[data-row]").first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tasks\/\w+\.\d/);
  await page.keyboard.press("4");
  await page.waitForURL("**/evidence");
});

it("writes no error to the console, so nothing asks for what the policy of the page forbids", () => {
  const ofUnknownTasks = (line: string) => line.includes("nothing.1") || line.includes("404");
  expect(pages.complaints.filter((line) => !ofUnknownTasks(line))).toEqual([]);
});
