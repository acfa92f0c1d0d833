import { afterAll, beforeAll, expect, it } from "vitest";
import { type StartedWeb, startWeb } from "../support/start-web.ts";
import { axeFaults, type Pages, PHONE, startPages } from "./support.ts";

let pages: Pages;
let started: StartedWeb;
beforeAll(async () => {
  pages = await startPages();
  started = await startWeb({ assets: pages.assets, auth: "always", worker: false });
});
afterAll(async () => {
  await pages.stop();
  await started.stop();
});

it("asks for a login, takes the one-time link, and keeps its token in no address", async () => {
  const page = await pages.open(PHONE);
  await page.goto(`${started.web.url}/groups`);
  await page.getByRole("heading", { name: "Log in to pm" }).waitFor();
  expect(await axeFaults(page)).toEqual([]);

  const { url } = started.web.loginLink();
  await page.goto("about:blank");
  await page.goto(url);
  await page.getByRole("heading", { name: "Inbox" }).waitFor();
  expect(page.url()).toBe(`${started.web.url}/`);
  await page.getByText("Live", { exact: true }).waitFor();
  expect(await page.evaluate("document.cookie")).toBe("");

  const other = await pages.open(PHONE);
  await other.goto(url);
  await other.getByText("E463").waitFor();
});

it("logs out, and asks for a login again", async () => {
  const page = await pages.open(PHONE);
  await page.goto(started.web.loginLink().url);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("heading", { name: "Log in to pm" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Log in to pm" }).waitFor();
});
