import { expect, it } from "vitest";
import { parseToolCall } from "../../src/tools/parse-tool-call.ts";
import { toolDefinitions } from "../../src/tools/tool-definitions.ts";

it("tells a model of each tool what it does and takes", () => {
  const all = toolDefinitions("write");
  expect(all.map(({ name, changes }) => [name, changes])).toEqual([
    ["read", false],
    ["list", false],
    ["glob", false],
    ["grep", false],
    ["write", true],
    ["edit", true],
    ["shell", true],
  ]);
  for (const { description, inputSchema } of all) {
    expect(description.length).toBeGreaterThan(40);
    expect(inputSchema).toMatchObject({ type: "object", additionalProperties: false });
    expect(inputSchema).not.toHaveProperty("$schema");
  }
  const edit = all.find(({ name }) => name === "edit");
  expect(edit?.inputSchema).toMatchObject({ required: ["path", "old_string", "new_string"] });
  expect(toolDefinitions("read")).toEqual(all.slice(0, 4));
});

it.each([
  [undefined, 3_600, 120],
  [undefined, 50, 50],
  [30, 50, 30],
  [900, 50, 50],
])("gives a command %s seconds in a run of %i: %i", (asked, seconds, expected) => {
  const input = { argv: ["true"], ...(asked === undefined ? {} : { timeout_seconds: asked }) };
  expect(parseToolCall({ name: "shell", input }, ["shell"], { seconds, idleSeconds: 10 })).toEqual({
    ok: true,
    input: { argv: ["true"], timeout_seconds: expected },
    limitSeconds: expected,
  });
});
