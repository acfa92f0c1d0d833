/** What a terminal does to a REPL: resizes, large pastes, Ctrl-C in each state, signals, and a kill while something is typed. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openRepl, PROMPT } from "./support/repl-terminal.ts";

const count = (text: string, part: string) => text.split(part).length - 1;

describe("a resize", () => {
  it("while a task runs loses nothing and doubles nothing", async () => {
    const { terminal } = openRepl({ delayMs: 700 });
    await terminal.until("›");
    await terminal.line(PROMPT);
    await terminal.until("● ");
    for (const [columns, rows] of [
      [40, 12],
      [100, 30],
      [60, 12],
      [80, 24],
    ] as const) {
      terminal.resize(columns, rows);
      await sleep(400);
    }
    await terminal.untilAll(/^COMPLETE {2}session-/m);
    await terminal.until(/no session|session-/);
    const all = terminal.everything();
    expect(count(all, `> ${PROMPT}`)).toBe(1);
    for (const phase of ["PLANNING passed", "EXECUTION passed", "REPORT passed"])
      expect(count(all, phase)).toBe(1);
    expect(count(all, "? help")).toBe(1);
    expect(terminal.raw().toString("latin1")).not.toMatch(/\x1b\[[23]J|\x1b\[\?1049/);
  }, 60_000);
});

describe("a paste", () => {
  it("of 1 MB is shown as a chip, and sent whole", async () => {
    const { terminal, home } = openRepl({ args: ["--no-worker"] });
    await terminal.until("›");
    const content = `first line\n${"0123456789abcdef\n".repeat(61_000)}last line`;
    terminal.paste(content);
    await terminal.until(/\[Pasted 61002 lines, 1\.0 MB\]/);
    terminal.text(" go");
    await terminal.until("MB] go");
    expect(terminal.everything()).not.toContain("0123456789abcdef");
    terminal.keys("C-c");
    await terminal.until(/› *\n/);
    terminal.keys("C-p");
    // The history has it back; it is too large to be drawn twice.
    await terminal.until(/last line go|MB\]/);
    terminal.keys("C-c");
    terminal.keys("C-d");
    expect(await terminal.ended()).toBe(0);
    expect(home).toBeTruthy();
  }, 60_000);

  it("of some lines keeps them, and only Enter sends them", async () => {
    const { terminal } = openRepl({ args: ["--no-worker"] });
    await terminal.until("›");
    terminal.paste("one\ntwo\nthree");
    await terminal.until(/› one\n {2}two\n {2}three\n/);
    expect(terminal.cursor().column).toBe(7);
    terminal.keys("Enter");
    await terminal.untilAll(/> one\n {2}two\n {2}three\n/);
  }, 60_000);
});

describe("Ctrl-C", () => {
  it("clears what is typed into the history, and twice on an empty editor leaves", async () => {
    const { terminal } = openRepl();
    await terminal.until("›");
    terminal.text("half a thought");
    await terminal.until("› half a thought");
    terminal.keys("C-c");
    await terminal.until(/› *\n/);
    terminal.keys("Up");
    await terminal.until("› half a thought");
    terminal.keys("C-c");
    await terminal.until(/› *\n/);
    terminal.keys("C-c");
    await terminal.until("Ctrl-C again leaves");
    terminal.keys("C-c");
    expect(await terminal.ended()).toBe(0);
  }, 60_000);

  it("leaves while a task runs: it is interrupted, and the next REPL of the project tells that it waits", async () => {
    const { terminal, again } = openRepl({ delayMs: 1500 });
    await terminal.until("›");
    await terminal.line(PROMPT);
    await terminal.until("● ");
    terminal.keys("C-c");
    await terminal.until("what runs is interrupted");
    terminal.keys("C-c");
    expect(await terminal.ended()).toBe(0);
    const next = again();
    await next.until("1 needs you: /approve");
  }, 60_000);
});

describe("Esc", () => {
  it("interrupts a running task while something is typed, which stays", async () => {
    const { terminal } = openRepl({ delayMs: 3000 });
    await terminal.until("›");
    await terminal.line(PROMPT);
    await terminal.until("Esc interrupts");
    terminal.text("and then this");
    await terminal.until("› and then this");
    terminal.keys("Escape");
    await terminal.untilAll(/^INCOMPLETE {2}session-/m);
    await terminal.until("› and then this");
  }, 60_000);
});

describe("the end of the process", () => {
  it("by SIGTERM gives the terminal back, and its exit code tells the signal", async () => {
    const { terminal } = openRepl();
    await terminal.until("›");
    process.kill(terminal.pid(), "SIGTERM");
    expect(await terminal.ended()).toBe(143);
    const bytes = terminal.raw().toString("latin1");
    expect(bytes.lastIndexOf("\x1b[?2004l")).toBeGreaterThan(bytes.lastIndexOf("\x1b[?2004h"));
    expect(terminal.screen()).not.toContain("? help");
  }, 60_000);

  it("by kill -9 while somebody types costs nothing: the next REPL has the text", async () => {
    const { terminal, again } = openRepl({ args: ["--no-worker"] });
    await terminal.until("›");
    terminal.text("a long thought that must not be lost");
    await terminal.until("must not be lost");
    await sleep(300);
    process.kill(terminal.pid(), "SIGKILL");
    expect(await terminal.ended()).toBe(137);
    const next = again();
    await next.until("› a long thought that must not be lost");
  }, 60_000);
});

describe("text and Enter in one chunk", () => {
  it("submit at once, also before everything is loaded", async () => {
    const { terminal } = openRepl({ args: ["--no-worker"] });
    await terminal.until("›");
    terminal.text("/provider\r");
    await terminal.untilAll("Provider: replay");
    terminal.text("/model\r");
    await terminal.untilAll("Model: ");
    expect(count(terminal.everything(), "> /model")).toBe(1);
  }, 60_000);
});

describe("a stopped process", () => {
  it("leaves the terminal to the shell, and takes it again with what was typed", async () => {
    const { terminal } = openRepl({ args: ["--no-worker"] });
    await terminal.until("›");
    terminal.text("kept");
    await terminal.until("› kept");
    process.kill(terminal.pid(), "SIGTSTP");
    await terminal.until(/^\s*$/);
    expect(terminal.raw().toString("latin1")).toMatch(/\x1b\[\?2004l\x1b\[\?25h$/);
    process.kill(terminal.pid(), "SIGCONT");
    await terminal.until("› kept");
    terminal.text(" on");
    await terminal.until("› kept on");
  }, 60_000);
});

describe("screen-reader mode", () => {
  it("appends lines and never moves the cursor back", async () => {
    const { terminal } = openRepl({ args: ["--no-worker", "--screen-reader"], env: { NO_COLOR: "1" } });
    await terminal.until(/^>/);
    await terminal.line("/provider");
    await terminal.untilAll("Provider: replay");
    await terminal.line("/exit");
    expect(await terminal.ended()).toBe(0);
    const bytes = terminal
      .raw()
      .toString("latin1")
      .replaceAll(/\x1b\[\?(2004|25)[hl]/g, "");
    expect(bytes).not.toContain("\x1b");
  }, 60_000);
});
