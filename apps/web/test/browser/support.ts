/** The pages as they are built, in a real Chromium. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { build } from "vite";
// @ts-expect-error a script without types of its own
import { CHROMIUM_ARGS, findChromium } from "../../../../scripts/lib/chromium.mjs";

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;
export const DESK = { viewport: { width: 1280, height: 800 } } as const;

export interface Pages {
  /** Folder of the built pages. */
  readonly assets: string;
  /** A new page, in a context of its own. What goes wrong in it is in `complaints`. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** What pages wrote to the console as errors, and what they threw. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

export async function startPages(): Promise<Pages> {
  const assets = mkdtempSync(join(tmpdir(), "pm-web-pages-"));
  const configFile = fileURLToPath(new URL("../../vite.config.ts", import.meta.url));
  await build({ configFile, logLevel: "error", build: { outDir: assets } });
  const executablePath: string | null = findChromium();
  if (executablePath === null) throw new Error("Needs chromium: apt-get install chromium");
  const browser: Browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const complaints: string[] = [];
  return {
    ...{ assets, complaints },
    async open(options = DESK) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
      });
      return page;
    },
    async stop() {
      await browser.close();
      rmSync(assets, { recursive: true, force: true });
    },
  };
}

/** @returns each thing that axe finds wrong, in a line; by all its rules of WCAG 2.2 AA, or by the named ones */
export async function axeFaults(page: Page, rules: readonly string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (rules.length > 0) axe.withRules([...rules]);
  else axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id} (${help}): ${target.join(" ")}`),
  );
}
