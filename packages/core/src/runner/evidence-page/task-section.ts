import { GATES } from "../../gates/registry.ts";
import type { Violation } from "../../lifecycle/violation.ts";
import { describeCost } from "../../text/describe-cost.ts";
import type { TaskView } from "../task-view.ts";
import { type Html, html } from "./html.ts";
import { blobLink, chip, digest, facts, seconds, statusChip, table } from "./parts.ts";
import { commandList, requirementList } from "./requirement-list.ts";

/** One task: verdict, what was asked for and what proves it, gates, what a person accepted, what changed. Pure. */
export function taskSection(task: TaskView): Html {
  return html`<section class="card" id="${task.task_id}">
<p class="eyebrow">${task.task_id}, ${task.kind}</p>
<h2>${statusChip(task.status)} <span>${task.landed ? "landed in the project" : "the project was not changed"}</span></h2>
<pre class="prompt">${task.prompt}</pre>
${facts([
  ["Agent", task.model === null ? task.provider : `${task.provider}, ${task.model}`],
  ["Isolation", task.isolation ?? "not run"],
  ["Attempt", String(task.attempt)],
  ["Cost", describeCost(task.usage) ?? "not told"],
])}
${violations("Why it is not COMPLETE", "bad", task.violations)}
${violations("Accepted by a person", "open", task.waived)}
${requirementList(task)}
${gates(task)}
${approvals(task)}
${changes(task)}
${commandList(task)}
${agents(task)}
</section>
`;
}

function violations(title: string, tone: "bad" | "open", found: readonly Violation[]): Html | null {
  if (found.length === 0) return null;
  const rows = found.map(
    ({
      code,
      gate,
      message,
      hint,
      paths,
    }) => html`<li class="note ${tone}"><p><strong>${code}</strong> <span class="quiet">${gate}</span> ${message}</p>
<p class="quiet">${hint}</p>${paths.length > 0 && html`<p class="paths">${paths.map((path) => html`<code>${path}</code> `)}</p>`}</li>`,
  );
  return html`<h3>${title}</h3><ul class="plain">${rows}</ul>`;
}

/** Every gate by name, so that silence can be seen, too. */
function gates(task: TaskView): Html {
  const judged = task.phases.some(({ phase }) => phase === "COMPLETION_VALIDATION");
  const count = (found: readonly Violation[], name: string) =>
    found.filter(({ gate }) => gate === name).length;
  const rows = GATES.map(({ name }) => {
    const against = count(task.violations, name);
    const waived = count(task.waived, name);
    const tone = against > 0 ? "bad" : waived > 0 ? "open" : judged ? "good" : "quiet";
    const word =
      against > 0 ? `${against} against` : waived > 0 ? `${waived} waived` : judged ? "silent" : "not judged";
    return html`<li>${chip(tone, word)} ${name}</li>`;
  });
  return html`<h3>Gates</h3><ul class="gates">${rows}</ul>`;
}

function approvals(task: TaskView): Html | null {
  return table(
    "Approvals",
    ["at", "what", "note", "digest of what was seen"],
    task.approvals.map(({ at, effect, note, expired, digest: seen }) => [
      at,
      expired ? `${effect}, not used in time` : effect,
      note ?? "",
      digest(seen),
    ]),
  );
}

function changes({ change }: TaskView): Html | null {
  if (change === null) return null;
  const sum = (of: "added" | "deleted") => change.files.reduce((total, file) => total + (file[of] ?? 0), 0);
  const rows = change.files.map(({ path, status, added, deleted }) => [
    html`<code>${path}</code>`,
    status,
    added === null ? "binary" : html`<span class="plus">+${added}</span>`,
    deleted === null ? "" : html`<span class="minus">−${deleted}</span>`,
  ]);
  return html`${table(`${change.files.length} changed files, +${sum("added")} −${sum("deleted")}`, ["file", "change", "", ""], rows)}
<p class="quiet">Base tree ${digest(change.base)}<br>Result tree ${digest(change.result)}${change.patch && html`<br>${blobLink("patch", change.patch)}`}</p>`;
}

function agents(task: TaskView): Html | null {
  return table(
    "Agent runs",
    ["phase", "agent", "outcome", "tool calls", "took", "evidence"],
    task.runs.map(({ phase, subtask_id, provider, model, result, prompt, transcript, answer }) => [
      subtask_id === null ? phase : `${phase} ${subtask_id}`,
      model === null ? provider : `${provider}, ${model}`,
      result?.outcome ?? "cut short",
      result?.tool_calls ?? "",
      result ? seconds(result.duration_ms) : "",
      html`${blobLink("prompt", prompt)} ${transcript && blobLink("transcript", transcript)} ${answer && blobLink("answer", answer)}`,
    ]),
  );
}
