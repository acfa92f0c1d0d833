import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { apiProblem } from "../../src/agent-loop/api-problem.ts";
import { createHttpFetch } from "../../src/agent-loop/http-fetch.ts";

const ASKED = { provider: "openai", model: "gpt-0" };
const refused = (statusCode: number, error: object) => ({
  message: "no",
  statusCode,
  responseBody: JSON.stringify({ error }),
});

describe("an API's error", () => {
  it.each<[string, unknown, string]>([
    [
      "401 of Anthropic",
      refused(401, { type: "authentication_error", message: "invalid x-api-key" }),
      "E504",
    ],
    ["401 of OpenAI", refused(401, { code: "invalid_api_key", message: "Incorrect API key" }), "E504"],
    [
      "429 of quota",
      refused(429, { code: "insufficient_quota", message: "You exceeded your current quota" }),
      "E512",
    ],
    ["429 of rate", refused(429, { code: "rate_limit_exceeded", message: "Rate limit reached" }), "E505"],
    ["402", refused(402, { message: "pay" }), "E512"],
    [
      "404 of OpenAI",
      refused(404, { code: "model_not_found", message: "The model gpt-0 does not exist" }),
      "E513",
    ],
    ["404 of Anthropic", refused(404, { type: "not_found_error", message: "model: claude-0" }), "E513"],
    ["404 of a route", refused(404, { message: "no route" }), "E511"],
    [
      "400 of length at OpenAI",
      refused(400, { code: "context_length_exceeded", message: "too long" }),
      "E514",
    ],
    ["400 of length at others", refused(400, { message: "maximum context length is 8192 tokens" }), "E514"],
    ["400 of content", refused(400, { code: "content_filter", message: "flagged" }), "E515"],
    ["400", refused(400, { type: "invalid_request_error", message: "tools: bad" }), "E511"],
    ["503", refused(503, { message: "busy" }), "E506"],
    ["a page of a proxy", { statusCode: 502, responseBody: "<html>Bad gateway</html>" }, "E506"],
    ["overload in a stream", { type: "overloaded_error", message: "Overloaded" }, "E506"],
    [
      "a rate limit in a stream",
      { type: "error", error: { code: "rate_limit_exceeded", message: "slow" } },
      "E505",
    ],
    [
      "a failed response",
      { type: "response.failed", response: { error: { code: "server_error", message: "oops" } } },
      "E506",
    ],
    ["quota in a stream", { code: "insufficient_quota", message: "no more" }, "E512"],
    ["nothing that is known", new TypeError("x is undefined"), "E511"],
  ])("%s has its code", (_, error, code) => {
    expect(apiProblem(error, ASKED)).toMatchObject({ code });
  });

  it("is told in the API's words, with whom it came from", () => {
    const { message, outcome } = apiProblem(refused(400, { message: "tools: bad." }), ASKED);
    expect(message).toBe("openai refused the request: tools: bad.");
    expect(outcome).toBe("api_error 400");
  });
});

describe("our fetch", () => {
  async function withServer(handle: Parameters<typeof createServer>[1], use: (url: string) => Promise<void>) {
    const server = createServer(handle);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const fetch = createHttpFetch(() => {});

  it("tells a host that can't be reached from one that refuses", async () => {
    for (const url of ["http://127.0.0.1:1/", "http://no-such-host.invalid/"]) {
      const error = await fetch(url).catch((thrown: unknown) => thrown);
      expect(apiProblem(error, ASKED)).toMatchObject({ code: "E520", retryable: true });
    }
  });

  it("tells an answer that breaks off from one that ends", async () => {
    await withServer(
      (_, res) => void res.write("half", () => res.destroy()),
      async (url) => {
        const error = await fetch(url)
          .then((answer) => answer.text())
          .catch((thrown: unknown) => thrown);
        expect(apiProblem(error, ASKED)).toMatchObject({ code: "E524", retryable: true });
      },
    );
  });

  it("does not follow a redirect, which would take the key along", async () => {
    let asked = 0;
    await withServer(
      (_, res) => {
        asked += 1;
        res.writeHead(307, { location: "/elsewhere" }).end();
      },
      async (url) => {
        expect((await fetch(url)).status).toBe(307);
        expect(asked).toBe(1);
      },
    );
  });

  it("tells of every piece that comes, and of nothing else", async () => {
    let pieces = 0;
    const counting = createHttpFetch(() => {
      pieces += 1;
    });
    await withServer(
      (_, res) => {
        res.write("a");
        setTimeout(() => res.end("b"), 50);
      },
      async (url) => {
        expect(await (await counting(url)).text()).toBe("ab");
        expect(pieces).toBeGreaterThanOrEqual(2);
      },
    );
  });

  it("ends with the reason of its signal, before an answer and in the middle of one", async () => {
    await withServer(
      (req, res) => {
        if (req.url === "/half") res.write("half");
      },
      async (url) => {
        for (const path of ["/never", "/half"]) {
          const signal = AbortSignal.timeout(100);
          const end = await fetch(url + path, { signal })
            .then((answer) => answer.text())
            .catch((thrown: unknown) => thrown);
          expect(end).toBeInstanceOf(Error);
          expect(signal.aborted).toBe(true);
        }
      },
    );
  });
});
