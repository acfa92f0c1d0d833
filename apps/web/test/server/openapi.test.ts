import { afterAll, beforeAll, expect, it } from "vitest";
import { type StartedWeb, startWeb } from "../support/start-web.ts";
import { tableOf } from "../support/table-of.ts";

let started: StartedWeb;
beforeAll(async () => {
  started = await startWeb({ worker: false });
});
afterAll(() => started.stop());

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly object[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: object } } };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>;
}
interface Description {
  readonly openapi: string;
  readonly info: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object };
}

it("describes each row of the table, as OpenAPI 3.1", async () => {
  const described = (await (await started.fetch("/api/openapi.json")).json()) as Description;
  expect(described.openapi).toBe("3.1.0");
  expect(described.info).toMatchObject({ title: "pm", version: "0.0.0" });
  const { routes, end } = tableOf(started);
  end();
  const operations = Object.entries(described.paths).flatMap(([path, of]) =>
    Object.entries(of).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
  const rows = routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
  expect(operations.map(({ name }) => name).sort()).toEqual(rows.sort());
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(rows.length);
  for (const { name, path, operation } of operations) {
    expect(operation.summary).not.toBe("");
    const inPath = operation.parameters
      .filter((parameter) => parameter.in === "path")
      .map((parameter) => parameter.name);
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]));
    for (const parameter of operation.parameters) expect(parameter.schema).toBeTypeOf("object");
    expect(Object.keys(operation.responses).some((status) => status.startsWith("2"))).toBe(true);
    for (const { description } of Object.values(operation.responses)) expect(description).not.toBe("");
    expect(operation.security).toEqual(/\/(?:health|login)$/.test(path) ? [] : [{ session: [] }]);
    if (name.startsWith("GET")) expect(operation.requestBody).toBeUndefined();
  }
  for (const [, reference] of JSON.stringify(described).matchAll(/"\$ref":"([^"]+)"/g)) {
    const at = (reference ?? "").slice(2).split("/");
    expect(
      at.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], described),
    ).toBeTypeOf("object");
  }
});

it("says what a task may have, and that it may have nothing else", async () => {
  const { paths } = (await (await started.fetch("/api/openapi.json")).json()) as Description;
  const post = paths["/api/tasks"]?.post;
  expect(post?.requestBody?.content["application/json"].schema).toMatchObject({
    ...{ type: "object", required: ["prompt"], additionalProperties: false },
    properties: { prompt: { type: "string", maxLength: 200_000 }, kind: { enum: expect.any(Array) } },
  });
  expect(post?.parameters.map(({ name }) => name)).toEqual(["Idempotency-Key"]);
  expect(Object.keys(post?.responses ?? {})).toEqual(
    expect.arrayContaining(["201", "400", "401", "403", "413", "415", "422"]),
  );
  const limit = paths["/api/tasks"]?.get?.parameters.find(({ name }) => name === "limit");
  expect(limit?.schema).toMatchObject({ type: "integer", minimum: 1, maximum: 100 });
});
