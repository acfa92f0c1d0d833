/** The small pieces that the evidence page is made of. Pure. */
import { blobPath } from "../../evidence/blobs.ts";
import type { Status } from "../../lifecycle/status.ts";
import { type Html, html } from "./html.ts";

export const statusChip = (status: Status): Html => html`<span class="chip ${status}">${status}</span>`;

/** @param tone one of the style's: `good`, `bad`, `open`, `quiet`. */
export const chip = (tone: "good" | "bad" | "open" | "quiet", text: string): Html =>
  html`<span class="chip ${tone}">${text}</span>`;

export const digest = (hash: string): Html => html`<code class="digest">${hash}</code>`;

/** A file of the evidence, by its digest; the link leads to it where the export was unpacked. */
export function blobLink(label: string, ref: { readonly sha256: string; readonly encoding: string }): Html {
  const packed = ref.encoding === "identity" ? "" : ` (${ref.encoding})`;
  return html`<a class="blob" href="evidence/${blobPath(ref)}" title="sha256 ${ref.sha256}">${label}${packed} <code>${ref.sha256.slice(0, 12)}…</code></a>`;
}

export function facts(rows: readonly (readonly [string, string | Html])[]): Html {
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A table that scrolls by itself where it is wider than the page. @returns nothing where there are no rows. */
export function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | number | Html | null)[])[],
): Html | null {
  if (rows.length === 0) return null;
  return html`<h3>${title}</h3>
<div class="scroll"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table></div>`;
}

export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
