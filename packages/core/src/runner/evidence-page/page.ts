/** A session's evidence as one HTML file: no script, nothing loaded, the same bytes for the same evidence. Pure. */
import { createHash } from "node:crypto";
import type { Status } from "../../lifecycle/status.ts";
import type { TaskView } from "../task-view.ts";
import { Html, html } from "./html.ts";
import { digest, facts, statusChip } from "./parts.ts";
import { PAGE_STYLE } from "./style.ts";
import { taskSection } from "./task-section.ts";

export interface EvidencePage {
  readonly session_id: string;
  readonly status: Status;
  readonly project: string;
  readonly pm_version: string;
  readonly opened_at: string;
  readonly ended_at: string | null;
  readonly journal: { readonly seq: number; readonly hash: string };
  readonly blobs: number;
  readonly evidence_root: string;
  readonly key_id: string;
  readonly tasks: readonly TaskView[];
}

const VERDICTS: Readonly<Record<Status, string>> = {
  COMPLETE: "Every gate is silent: what was asked for is proven, and it is in the project.",
  INCOMPLETE: "Something is not proven, or waits for a person.",
  NO_EVIDENCE: "There is nothing that proves the work.",
  ERROR: "Something failed, so nothing is proven.",
  INVALID: "The evidence contradicts itself: don't trust the result.",
};

export function evidencePage(page: EvidencePage): string {
  const styleHash = createHash("sha256").update(PAGE_STYLE).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;
  return `${document(page, policy).markup}\n`;
}

function document(page: EvidencePage, policy: string): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${page.status}: evidence of ${page.session_id}</title>
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
<header class="verdict ${page.status}">
<p class="eyebrow">Evidence of ${page.session_id}</p>
<h1>${page.status}</h1>
<p class="lead">${VERDICTS[page.status]}</p>
${facts([
  ["Project", page.project],
  ["Opened", instant(page.opened_at)],
  ["Ended", page.ended_at === null ? "not yet" : instant(page.ended_at)],
  ["pm", page.pm_version],
])}
</header>
<main>
${page.tasks.length > 1 && contents(page.tasks)}
${page.tasks.length === 0 && html`<p>No task was given.</p>`}
${page.tasks.map(taskSection)}
<section class="card">
<h2>What it rests on</h2>
<dl class="digests">
<dt>Head of the journal, line ${page.journal.seq}</dt><dd>${digest(page.journal.hash)}</dd>
<dt>Root of ${page.blobs} evidence files</dt><dd>${digest(page.evidence_root)}</dd>
<dt>Signed by the key</dt><dd>${digest(page.key_id)}</dd>
</dl>
<p>This page is a rendering. What counts is <code>evidence/</code> beside it, and the signatures over it:
<code>README.txt</code> says how to check all of it, with <code>pm verify</code> or without.</p>
</section>
</main>
</body>
</html>`;
}

function contents(tasks: readonly TaskView[]): Html {
  const rows = tasks.map(
    (task) =>
      html`<li>${statusChip(task.status)} <a href="#${task.task_id}">${firstLine(task.prompt)}</a></li>\n`,
  );
  return html`<nav class="card" aria-label="Tasks"><ol class="tasks">${rows}</ol></nav>`;
}

const firstLine = (text: string) => text.trim().split("\n", 1)[0] ?? "";
const instant = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
