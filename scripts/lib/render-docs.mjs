/** Documents that say what the code says: each function turns one registry into Markdown. Pure. */

const cell = (value) => String(value).replaceAll("|", "\\|").replaceAll("\n", " ");
const row = (...cells) => `| ${cells.map(cell).join(" | ")} |`;
const table = (head, rows) => [row(...head), row(...head.map(() => "---")), ...rows].join("\n");
const page = (title, source, ...parts) =>
  `${[`# ${title}`, `<!-- Generated from ${source} by scripts/generate-docs.mjs; edit that file. -->`, ...parts].join("\n\n")}\n`;

const FAMILIES = {
  E1: "Project and configuration",
  E2: "Execution lifecycle",
  E3: "Evidence",
  E4: "Locks, semaphores and the queue",
  E5: "Agents and providers",
};

/** @param codes the registry `ERROR_CODES` of @pm/core. */
export function renderErrors(codes) {
  const placeholder = (text) => cell(text).replace(/\{(\w+)\}/g, "*$1*");
  const sections = Object.entries(FAMILIES).map(([prefix, title]) => {
    const rows = Object.entries(codes)
      .filter(([code]) => code.startsWith(prefix))
      .map(
        ([code, spec]) =>
          `| ${code} | ${cell(spec.title)} | ${placeholder(spec.message)} | ${placeholder(spec.hint)} | ${spec.exit} | ${spec.http} | ${spec.retry ? "yes" : "no"} |`,
      );
    return `## ${prefix}xx: ${title}\n\n${table(["Code", "Title", "What happened", "What to do", "Exit", "HTTP", "Retry"], rows)}`;
  });
  return page(
    "Error codes",
    "packages/core/src/errors/codes.ts",
    "A code is never renumbered or reused. Words in *italics* are filled in. *Exit* is the exit code of a command that " +
      "ends with the error, *HTTP* the status of a REST answer, *Retry* says whether the same call may succeed later " +
      "without anyone changing anything.",
    ...sections,
  );
}

/** Rows that differ in nothing but where they start, as one. */
function collapse(transitions) {
  const groups = new Map();
  for (const { from, on, to, requires } of transitions) {
    const key = JSON.stringify([on, to, requires]);
    const group = groups.get(key) ?? { from: [], on, to, requires };
    group.from.push(from);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** @param transitions the table `TRANSITIONS` of @pm/core; @param phases its `PHASES`. */
export function renderLifecycle(transitions, phases) {
  const groups = collapse(transitions);
  // What may happen nearly anywhere would hide the way of a task behind its arrows.
  const everywhere = groups.filter((group) => group.from.length > 4);
  const label = (on) => on.replace(/:.*/, "");
  const arrows = groups
    .filter((group) => !everywhere.includes(group))
    .flatMap(({ from, on, to }) => from.map((state) => `    ${state} --> ${to} : ${label(on)}`));
  const initial = transitions[0].from;
  const final = transitions.find(({ to }) => to.startsWith("END"))?.to;
  const diagram = [
    "stateDiagram-v2",
    `    [*] --> ${initial}`,
    ...arrows,
    ...(final ? [`    ${final} --> [*]`] : []),
  ];
  return page(
    "The lifecycle of a task",
    "packages/core/src/lifecycle/transitions.ts",
    `The seven phases, in their only order: ${phases.join(", ")}. This table is the only thing that decides a ` +
      "transition; what it does not hold is refused (E206).",
    `\`\`\`mermaid\n${[...new Set(diagram)].join("\n")}\n\`\`\``,
    `Left out of the picture, since they lead on from nearly every state: ${everywhere
      .map(({ on, to }) => `\`${on}\` (to ${to})`)
      .join(", ")}.`,
    table(
      ["From", "On", "To", "Requires"],
      groups.map(({ from, on, to, requires }) => row(from.join(", "), `\`${on}\``, to, requires)),
    ),
  );
}

/** @param gates the registry `GATES` of @pm/core. */
export function renderGates(gates) {
  return page(
    "Gates",
    "packages/core/src/gates/registry.ts",
    "A gate is a pure function from a task's evidence to violations; it can only lower a status. A task is COMPLETE " +
      "when all of them were evaluated and none objects, but for what a person waived.",
    table(
      ["Gate", "Objects to"],
      gates.map(({ name, objectsTo }) => row(`\`${name}\``, objectsTo)),
    ),
  );
}
