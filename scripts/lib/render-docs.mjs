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

/** A state machine of `groups` (see collapse) in the notation of Mermaid. @param final the states without a way on. */
function diagram(groups, initial, final) {
  // Mermaid takes no colon within a label.
  const label = (on) => on.replace(/:.*/, "");
  const arrows = groups.flatMap(({ from, on, to }) =>
    from.map((state) => `    ${state} --> ${to} : ${label(on)}`),
  );
  const lines = [
    "stateDiagram-v2",
    `    [*] --> ${initial}`,
    ...arrows,
    ...final.map((state) => `    ${state} --> [*]`),
  ];
  return `\`\`\`mermaid\n${[...new Set(lines)].join("\n")}\n\`\`\``;
}

const transitionTable = (groups) =>
  table(
    ["From", "On", "To", "Requires"],
    groups.map(({ from, on, to, requires }) => row(from.join(", "), `\`${on}\``, to, requires)),
  );

/**
 * @param transitions the table `TRANSITIONS` of @pm/core; @param phases its `PHASES`;
 * @param queueTransitions its `QUEUE_TRANSITIONS`.
 */
export function renderLifecycle(transitions, phases, queueTransitions) {
  const groups = collapse(transitions);
  // What may happen nearly anywhere would hide the way of a task behind its arrows.
  const everywhere = groups.filter((group) => group.from.length > 4);
  const final = transitions.find(({ to }) => to.startsWith("END"))?.to;
  return page(
    "The lifecycle of a task",
    "packages/core/src/lifecycle/transitions.ts and task-states.ts",
    `The seven phases, in their only order: ${phases.join(", ")}. This table is the only thing that decides a ` +
      "transition; what it does not hold is refused (E206).",
    diagram(
      groups.filter((group) => !everywhere.includes(group)),
      transitions[0].from,
      final ? [final] : [],
    ),
    `Left out of the picture, since they lead on from nearly every state: ${everywhere
      .map(({ on, to }) => `\`${on}\` (to ${to})`)
      .join(", ")}.`,
    transitionTable(groups),
    ...queueStates(queueTransitions),
  );
}

function queueStates(transitions) {
  const groups = collapse(transitions);
  const left = new Set(transitions.map(({ from }) => from));
  const final = [...new Set(transitions.map(({ to }) => to))].filter((state) => !left.has(state));
  // What leaves a task where it is says nothing in a picture of states.
  const staying = groups.filter(({ from, to }) => from.every((state) => state === to));
  return [
    "## The states of a task in the queue",
    "A state says who may do something about a task now; how far it got is the matter of the phases above. Every queue " +
      "engine takes its guards from this table; what it does not hold is refused (E411, and E412 to who lost the task).",
    diagram(
      groups.filter((group) => !staying.includes(group)),
      transitions[0].from,
      final,
    ),
    `Left out of the picture, since they lead nowhere else: ${staying.map(({ on }) => `\`${on}\``).join(", ")}.`,
    transitionTable(groups),
  ];
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
