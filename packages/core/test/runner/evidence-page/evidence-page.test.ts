import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STATUSES } from "../../../src/lifecycle/status.ts";
import { evidenceBadge } from "../../../src/runner/evidence-page/badge.ts";
import { escapeText } from "../../../src/runner/evidence-page/html.ts";
import { type EvidencePage, evidencePage } from "../../../src/runner/evidence-page/page.ts";
import type { TaskView } from "../../../src/runner/task-view.ts";

const REF = { name: "stdout", sha256: "c".repeat(64), bytes: 3, encoding: "gzip" as const };

/** A task in which every text of agents, people and repositories is `text`. */
function taskWith(text: string): TaskView {
  const violation = {
    code: "E216" as const,
    gate: "coverage",
    status: "INCOMPLETE" as const,
    message: text,
    hint: text,
    task_id: "task-1",
    paths: [text],
    approval: "accept" as const,
    rerun_from: null,
  };
  const at = { phase: "QA" as const, attempt: 1 };
  return {
    session_id: "session-1a",
    task_id: "task-1",
    ref: null,
    prompt: text,
    kind: "change",
    scope: [text],
    person_checks: [],
    status: "INCOMPLETE",
    phase: null,
    attempt: 1,
    submitted_at: "2026-01-02T03:04:05.000Z",
    ended_at: null,
    provider: text,
    model: text,
    pm_version: text,
    isolation: "sandbox",
    cost_usd: 0.5,
    budget_usd: null,
    usage: {
      input_tokens: 0,
      output_tokens: 0,
      cache_read_tokens: 0,
      cache_write_tokens: 0,
      cost_usd: 0.5,
      unpriced_runs: 0,
    },
    landed: false,
    cancelled: false,
    phases: [],
    runs: [
      {
        run_id: text,
        ...at,
        subtask_id: text,
        ask: 1,
        provider: text,
        model: text,
        started_at: "",
        ended_at: null,
        superseded: false,
        result: null,
        prompt: REF,
        transcript: REF,
        answer: null,
      },
    ],
    commands: [
      {
        seq: 7,
        ...at,
        at: "",
        purpose: "check",
        on: "result",
        id: text,
        argv: [text, text],
        exit_code: 1,
        signal: null,
        termination: "exited",
        duration_ms: 12,
        tests: null,
        stdout: REF,
        stderr: REF,
      },
    ],
    requirements: [
      {
        id: text,
        statement: text,
        acceptance: text,
        standing: "refuted",
        checks: [
          {
            id: text,
            what: text,
            standing: "fails",
            reason: text,
            observations: [{ on: "result", passed: false, detail: text, command: 7 }],
          },
        ],
      },
    ],
    violations: [violation],
    waived: [violation],
    approvals: [{ at: "", effect: "accept", digest: text, note: text, expired: true }],
    change: {
      base: "a".repeat(40),
      result: "b".repeat(40),
      files: [{ path: text, status: "modified", added: 1, deleted: null }],
      patch: REF,
    },
    report: null,
  };
}

const pageWith = (text: string): string => evidencePage(dataWith(text));
const dataWith = (text: string): EvidencePage => ({
  session_id: "session-1a",
  status: "INCOMPLETE",
  project: text,
  pm_version: text,
  opened_at: "2026-01-02T03:04:05.000Z",
  ended_at: null,
  journal: { seq: 7, hash: "d".repeat(64) },
  blobs: 3,
  evidence_root: "e".repeat(64),
  key_id: "f".repeat(64),
  tasks: [taskWith(text)],
});
const tagsOf = (page: string) => page.match(/<[^>]*>/g) ?? [];

describe("the evidence page", () => {
  it.each([
    "<script>alert(1)</script>",
    "\"' onload=alert(1) x='",
    "</style><img src=x>",
    "<!-- ]]>",
    "&lt;b&gt;",
  ])("has no other tags and attributes with %s in every text of it", (text) => {
    expect(tagsOf(pageWith(`x${text}`))).toEqual(tagsOf(pageWith("x")));
  });

  it("has no other tags and attributes whatever the texts in it are", () => {
    const tags = tagsOf(pageWith("x"));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(tagsOf(pageWith(`x${text}`))).toEqual(tags);
      }),
    );
  });

  it("shows what could reorder, hide or control text by its code point, and leaves other scripts alone", () => {
    const page = pageWith("a\u202eb\u2066c\u0000d\u001b[31me\u200bf\u2028g\ud800h\u{e0041}");
    expect(page).toContain("a⟨U+202E⟩b⟨U+2066⟩c⟨U+0000⟩d⟨U+001B⟩[31me⟨U+200B⟩f⟨U+2028⟩g⟨U+D800⟩h⟨U+E0041⟩");
    expect(page).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
    );
    expect(escapeText("日本語 Ünïcode 👩‍💻\n\tעברית")).toBe("日本語 Ünïcode 👩‍💻\n\tעברית");
  });

  it("allows itself one style by its hash, no script, and nothing from elsewhere", () => {
    const page = pageWith("x");
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(page).not.toMatch(/<script|<iframe|<img|<link|style=|\son\w+=|javascript:|https?:/i);
    const targets = [...page.matchAll(/href="([^"]*)"/g)].map(([, target]) => target);
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets)
      expect(target).toMatch(/^(#[a-z0-9-]+|evidence\/blobs\/sha256\/[0-9a-f/]+)$/);
  });

  it("leads from what was asked for to the command that was run, and to what that printed", () => {
    const page = pageWith("make it so");
    expect(page).toContain('href="#line-7"');
    expect(page).toContain('id="line-7"');
    expect(page).toContain(`href="evidence/blobs/sha256/cc/${"c".repeat(64)}"`);
    for (const word of [
      "Requirements",
      "Gates",
      "Accepted by a person",
      "Why it is not COMPLETE",
      "d".repeat(64),
    ])
      expect(page).toContain(word);
  });
});

describe("the badge", () => {
  it.each(STATUSES)("says %s, to eyes and to screen readers, and loads nothing", (status) => {
    const badge = evidenceBadge(status, "session-1a", "f".repeat(64));
    expect(badge).toContain(`>${status}</text>`);
    expect(badge).toContain(`aria-label="Evidence of session-1a: ${status}"`);
    expect(badge).not.toMatch(/<script|href|url\(http|<foreignObject|<style/);
  });
});
