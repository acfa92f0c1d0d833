/** The seed's Basic Workflow in a real terminal, keystroke for keystroke, on a large and on a small one. */
import { describe, expect, it } from "vitest";
import { FIXED_SLUG } from "../../../packages/core/test/support/honest-script.ts";
import { openRepl, PROMPT, UNTESTED } from "./support/repl-terminal.ts";

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 12 },
];
const SESSION = /session-[0-9a-z-]+/;

describe.each(SIZES)("at $columns × $rows", ({ columns, rows }) => {
  it("goes from /init to /exit: session, task, approval, continue, and nothing on the screen is erased", async () => {
    const { terminal, read } = openRepl({ files: UNTESTED, columns, rows, delayMs: 200 });
    await terminal.until("›");
    await terminal.line("/init");
    await terminal.untilAll("kept     .claude/settings.json");
    await terminal.line("/start");
    await terminal.untilAll("Type what is to be done");
    const session = SESSION.exec(terminal.everything())?.[0] ?? "";
    await terminal.line(PROMPT);
    await terminal.until(columns < 60 ? /\d\/7 [A-Z]+ \d:\d\d/ : /✓ REQ .*● [A-Z]+ \d:\d\d/);
    await terminal.untilAll("Why not COMPLETE");
    await terminal.line("/status");
    await terminal.untilAll(/> \/status\n\s*INCOMPLETE {2}session-/);
    await terminal.line("/approve");
    await terminal.until("1 approve");
    await terminal.until("6 later");
    expect(terminal.everything().replace(/\s+/g, " ")).toMatch(/digest [0-9a-f ]{64}/);
    await new Promise((resolve) => setTimeout(resolve, 600));
    terminal.text("1");
    await terminal.untilAll("Approved: ");
    await terminal.line(`/continue ${session}`);
    await terminal.untilAll(new RegExp(`^COMPLETE {2}${session}`, "m"));
    await terminal.until(/› *\n/);
    expect(read("src/slug.js")).toBe(FIXED_SLUG);
    await terminal.line("/exit");
    expect(await terminal.ended()).toBe(0);
    const bytes = terminal.raw().toString("latin1");
    expect(bytes).not.toMatch(/\x1b\[[23]J|\x1b\[\?1049/);
    expect(bytes).toContain("\x1b[?2004h");
    expect(bytes.lastIndexOf("\x1b[?2004l")).toBeGreaterThan(bytes.lastIndexOf("\x1b[?2004h"));
    // What is finished stands in the scrollback exactly once.
    expect(terminal.everything().split("> /approve").length).toBe(2);
    expect(terminal.everything().split("Approved: ").length).toBe(2);
  }, 90_000);
});
