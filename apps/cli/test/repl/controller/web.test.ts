import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { statusLine } from "../../../src/repl/ui/status-line.ts";
import type { StartedWeb } from "../../../src/web/start-in-background.ts";
import { addServer, removeServer } from "../../../src/web/web-registry.ts";
import { recordOf } from "../../web/records.ts";
import { VIEW } from "../ui/views.ts";
import { replBench } from "./repl-bench.ts";

/** Starts nothing, and notes what it was asked. */
function fakeStart(loginUrl: string | null) {
  const asked: boolean[] = [];
  const start = async ({ worker }: { worker: boolean }): Promise<StartedWeb> => {
    asked.push(worker);
    return { record: recordOf(), loginUrl, log: "web.log" };
  };
  return { asked, start };
}

describe("the REPL and a web server of its namespace", () => {
  it("shows where one is while it runs", async () => {
    const bench = replBench({ worker: false });
    const home = join(bench.folder, "home");
    await bench.controller.open();
    expect(bench.controller.view().webUrl).toBeNull();
    const record = recordOf();
    await addServer(home, record);
    await expect.poll(() => bench.controller.view().webUrl, { timeout: 5_000 }).toBe(record.url);
    expect(await bench.type("/web")).toContain(`Web UI   ${record.url}  (for /work/sample)`);
    await removeServer(home, record);
    await expect.poll(() => bench.controller.view().webUrl, { timeout: 5_000 }).toBeNull();
  });

  it("starts one without a worker, since two would run twice as much, unless it has none itself", async () => {
    const first = fakeStart(null);
    const bench = replBench({ web: { start: first.start } });
    expect(await bench.type("/web")).toMatch(/Web UI {3}http:\/\/localhost:6000\nTasks run in this REPL/);
    const second = fakeStart("http://localhost:6000/#login=token");
    const other = bench.another({ worker: false, web: { start: second.start } });
    expect(await other.type("/web")).toMatch(
      /Log in {3}http.*#login=token\n.*\nIt runs tasks of this project/,
    );
    expect([...first.asked, ...second.asked]).toEqual([false, true]);
  });

  it("leaves the address out of the status line before what matters more", () => {
    const view = { ...VIEW, webUrl: "http://localhost:5678" };
    expect(statusLine(view, 100)).toBe(
      "sample@main · claude-code/opus · session-1a2b3c · queue 0 · http://localhost:5678 · ? help",
    );
    expect(statusLine(view, 70)).toContain("queue 0 · web :5678 · ? help");
    expect(statusLine(view, 40)).toBe("claude-code · …1a2b3c · queue 0");
  });
});
