import { command } from "../../lib/command.mjs";
export default {
  why: "An HTTP server gets a route and a 405; tests listen on a free port and fetch.",
  expect: { status: "COMPLETE" },
  bare: true,
  settings: { timeouts: { operation_timeout_seconds: 10 } },
  files: {
    "package.json":
      '{ "name": "api", "type": "module", "scripts": { "test": "node --test", "start": "node src/main.js" } }\n',
    "src/server.js":
      'import { createServer } from "node:http";\n\nexport const makeServer = () =>\n  createServer((request, response) => {\n    if (request.url === "/") return response.end("hello");\n    response.statusCode = 404;\n    response.end("not found");\n  });\n',
    "src/main.js":
      'import { makeServer } from "./server.js";\n\nmakeServer().listen(process.env.PORT ?? 3000);\n',
    "test/server.test.js":
      'import assert from "node:assert/strict";\nimport { after, before, test } from "node:test";\nimport { makeServer } from "../src/server.js";\n\nconst server = makeServer();\nlet base;\nbefore(async () => {\n  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));\n  base = "http://127.0.0.1:" + server.address().port;\n});\nafter(() => server.close());\n\ntest("hello", async () => assert.equal(await (await fetch(base)).text(), "hello"));\ntest("404", async () => assert.equal((await fetch(base + "/x")).status, 404));\n',
  },
  task: {
    prompt:
      'Add `GET /health` to the server: status 200 and JSON `{"status":"ok"}` with the right content type. Other methods on /health get 405 with an `Allow: GET` header.',
    scope: ["src/server.js", "test/server.test.js"],
    checks: [command("node", "--test", "test/server.test.js")],
  },
  execute(agent) {
    agent.edit(
      "src/server.js",
      "    response.statusCode = 404;",
      `    if (request.url === "/health") {
      if (request.method !== "GET") {
        response.writeHead(405, { Allow: "GET" });
        return response.end();
      }
      response.setHeader("Content-Type", "application/json");
      return response.end(JSON.stringify({ status: "ok" }));
    }
    response.statusCode = 404;`,
    );
    agent.edit(
      "test/server.test.js",
      "404));\n",
      `404));
test("health", async () => {
  const response = await fetch(\`\${base}/health\`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.deepEqual(await response.json(), { status: "ok" });
});
test("health is only read", async () => {
  const response = await fetch(\`\${base}/health\`, { method: "POST" });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get("allow"), "GET");
});
`,
    );
  },
};
