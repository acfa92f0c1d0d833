import type { TaskView } from "../task-view.ts";
import { type Html, html } from "./html.ts";
import { blobLink, chip, seconds } from "./parts.ts";

type Requirement = TaskView["requirements"][number];
type Check = Requirement["checks"][number];
type Command = TaskView["commands"][number];

const TONES = {
  proven: "good",
  counts: "good",
  refuted: "bad",
  fails: "bad",
  "proves nothing": "open",
  unproven: "open",
  unknown: "quiet",
} as const;

const PLACES: Readonly<Record<Command["on"], string>> = {
  base: "on the base",
  result: "on the result",
  proof: "on the base with the new tests",
  hollow: "on the result without its new code",
  thrown: "where changed functions throw",
  reverted: "where changed functions are as before",
  undeclared: "with exports and types as before",
  restored: "on the result with the base's tests",
  jumbled: "with all its words and no meaning",
  emptied: "with the program that it starts empty",
  altered: "with its tests expecting other values",
  altered_restored: "with the base's tests expecting other values",
  altered_base: "on the base with its tests expecting other values",
  held: "on the result, unable to replace the clock of the base's tests",
  held_base: "on the base, unable to replace the clock of its tests",
};

/** From what was asked for to the check that proves it, to each run of that check. Pure. */
export function requirementList(task: TaskView): Html | null {
  if (task.requirements.length === 0) return null;
  return html`<h3>Requirements</h3><ol class="plain requirements">${task.requirements.map(requirement)}</ol>`;
}

function requirement({ id, statement, acceptance, standing, checks }: Requirement): Html {
  return html`<li><p>${chip(TONES[standing], standing)} <strong>${id}</strong> ${statement}</p>
<p class="quiet">${acceptance}</p>
${checks.length > 0 && html`<ul class="plain checks">${checks.map(check)}</ul>`}</li>
`;
}

function check({ id, what, standing, reason, observations }: Check): Html {
  const rows = observations.map(
    ({ on, passed, detail, command }) =>
      html`<li>${passed ? "passes" : "fails"} ${PLACES[on]}${detail !== "" && `: ${detail}`}${command !== null && html` <a href="#line-${command}">line ${command}</a>`}</li>`,
  );
  return html`<li><p>${chip(TONES[standing], standing)} <strong>${id}</strong> <code>${what}</code></p>
${reason !== "" && html`<p class="quiet">${reason}</p>`}<ul class="observations">${rows}</ul></li>`;
}

/** Every command that `pm` ran itself, with the digests of what it printed. */
export function commandList({ commands }: TaskView): Html | null {
  if (commands.length === 0) return null;
  return html`<h3>What pm ran itself</h3><ul class="plain commands">${commands.map(command)}</ul>`;
}

function command(ran: Command): Html {
  const good = ran.termination === "exited" && ran.exit_code === 0;
  const outcome = ran.termination === "exited" ? `exit ${ran.exit_code ?? ran.signal}` : ran.termination;
  const tests =
    ran.tests && `${ran.tests.passed} passed, ${ran.tests.failed} failed, ${ran.tests.skipped} skipped`;
  return html`<li id="line-${ran.seq}"><p>${chip(good ? "good" : "quiet", outcome)} <code>${ran.argv.join(" ")}</code></p>
<p class="quiet">Line ${ran.seq}, ${ran.purpose} ${ran.id === ran.argv.join(" ") ? "" : ran.id} ${PLACES[ran.on]}, ${seconds(ran.duration_ms)}${tests && `, tests: ${tests}`}</p>
<p class="quiet">${blobLink("stdout", ran.stdout)} ${blobLink("stderr", ran.stderr)}</p></li>
`;
}
