import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/command-line/parse-arguments.ts";
import { findCommand } from "../../src/commands/find-command.ts";
import { COMMANDS } from "../../src/commands/table.ts";
import { backgroundEnvironment } from "../../src/web/web-environment.ts";
import { requestWords, webRequest } from "../../src/web/web-request.ts";

const request = (...words: string[]) =>
  webRequest(parseArguments(findCommand(COMMANDS, "web"), words), { project: "/work/p", namespace: "dev" });

describe("what pm web is asked", () => {
  it("is the namespace's port, a worker and a login for strangers only, unless said otherwise", () => {
    const plain = { project: "/work/p", port: 5679, auth: "local", publicHosts: [], worker: true };
    expect(request()).toEqual(plain);
    expect(
      request("--port", "0", "--auth", "always", "--no-worker", "--public-host", "pm.example.com:8443"),
    ).toEqual({
      ...plain,
      ...{ port: 0, auth: "always", worker: false, publicHosts: ["pm.example.com:8443"] },
    });
  });

  it("reaches a server in the background unchanged", () => {
    const asked = [
      "--port",
      "0",
      "--auth=always",
      "--no-worker",
      "--public-host=a.example",
      "--public-host=b.example",
    ];
    expect(request(...requestWords(request(...asked)))).toEqual(request(...asked));
    expect(request(...requestWords(request()))).toEqual(request());
  });

  it.each([
    "http://pm.example.com",
    "pm.example.com/",
    "a b",
    "-a.example",
    "a..b",
    "a:0",
    "",
    "a\r\nb",
    "*",
  ])("refuses %j as a public host", (host) => {
    expect(() => request(`--public-host=${host}`)).toThrow(
      expect.objectContaining({ code: host === "" ? "E115" : "E486" }),
    );
  });

  it.each(["65536", "-1", "80x", "1e3"])("refuses %j as a port", (port) => {
    expect(() => request(`--port=${port}`)).toThrow(expect.objectContaining({ code: "E115" }));
  });
});

describe("the environment of a server in the background", () => {
  it("has what pm, its queue and its agents read, and nothing else", () => {
    const passed = {
      ...{ PATH: "/bin", HOME: "/root", PM_HOME: "/h", PM_CLAUDE_BIN: "/c", AWS_PROFILE: "a", LC_ALL: "C" },
      ...{ ANTHROPIC_API_KEY: "k", OPENAI_API_KEY: "k", CLAUDE_CONFIG_DIR: "/d", https_proxy: "p" },
    };
    const left = { GITHUB_TOKEN: "t", NODE_OPTIONS: "--inspect", SSH_AUTH_SOCK: "/s", DATABASE_URL: "d" };
    expect(backgroundEnvironment({ ...passed, ...left })).toEqual({ ...passed, PM_WEB_BACKGROUND: "1" });
  });
});
