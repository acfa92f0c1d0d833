import { describe, expect, it } from "vitest";
import { apiProblem } from "../../src/agent-loop/api-problem.ts";

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
