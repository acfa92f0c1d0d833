import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../packages/core/src/errors/codes.ts";
import { GATES } from "../packages/core/src/gates/registry.ts";
import { PHASES } from "../packages/core/src/lifecycle/phases.ts";
import { QUEUE_TRANSITIONS } from "../packages/core/src/lifecycle/task-states.ts";
import { TRANSITIONS } from "../packages/core/src/lifecycle/transitions.ts";
import { renderErrors, renderGates, renderLifecycle } from "../scripts/lib/render-docs.mjs";
import { repository } from "./support/repository.ts";

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const firstCells = (text: string) => [...text.matchAll(/^\| `?([^|`]+?)`? \|/gm)].map((match) => match[1]);

describe("generated documents", () => {
  it.each([
    ["docs/errors.md", renderErrors(ERROR_CODES)],
    ["docs/gates.md", renderGates(GATES)],
    ["docs/lifecycle.md", renderLifecycle(TRANSITIONS, PHASES, QUEUE_TRANSITIONS)],
  ])("%s says what the code says (else run: node scripts/generate-docs.mjs)", (path, rendered) => {
    expect(read(path)).toBe(rendered);
  });

  it("list every error code once, with its own title", () => {
    const codes = firstCells(read("docs/errors.md")).filter((cell) => /^E\d+$/.test(cell ?? ""));
    expect(codes).toEqual(Object.keys(ERROR_CODES).sort());
  });

  it("list every gate", () => {
    const listed = firstCells(read("docs/gates.md"));
    for (const gate of GATES) expect(listed).toContain(gate.name);
  });

  it("show every transition in a table, and every state in a diagram, of the phases and of the queue", () => {
    const [phases = "", queue = ""] = read("docs/lifecycle.md").split("\n## ");
    for (const [text, transitions] of [
      [phases, TRANSITIONS],
      [queue, QUEUE_TRANSITIONS],
    ] as const) {
      for (const { on } of transitions) expect(text).toContain(`\`${on}\``);
      const diagram = text.slice(text.indexOf("```mermaid"), text.lastIndexOf("```"));
      for (const state of transitions.flatMap(({ from, to }) => [from, to])) expect(diagram).toContain(state);
    }
  });
});

describe("documents", () => {
  const documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].concat(
    readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => join("docs", name)),
  );

  it.each(documents)("%s links only to files that are there", (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)].map(
      (match) => match[1] ?? "",
    );
    const broken = links.filter((link) => {
      try {
        readFileSync(join(repository, path, "..", decodeURI(link)));
        return false;
      } catch (error) {
        // A link may name a folder.
        return (error as NodeJS.ErrnoException).code !== "EISDIR";
      }
    });
    expect(broken).toEqual([]);
  });

  it("number their decisions without a gap", () => {
    const numbers = readdirSync(join(repository, "docs", "adr"))
      .filter((name) => /^\d{4}-/.test(name))
      .map((name) => Number(name.slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});
