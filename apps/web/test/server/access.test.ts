import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLoginLinks } from "../../src/server/access/login-links.ts";
import { createSessions } from "../../src/server/access/sessions.ts";
import { rawRequest } from "../support/raw-request.ts";
import { SECRET, type StartedWeb, startWeb } from "../support/start-web.ts";

const TUNNEL = "pm.example.com";
let started: StartedWeb;
beforeAll(async () => {
  started = await startWeb({ worker: false, auth: "always", publicHosts: [TUNNEL] });
});
afterAll(() => started.stop());

const send = (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
  host?: string,
) =>
  rawRequest(started.web.port, {
    ...{ method, path },
    ...(host !== undefined && { host }),
    headers: { ...headers, ...(body !== undefined && { "Content-Type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const newToken = () => started.web.loginLink().url.split("#login=")[1] ?? "";
const login = (token: string, headers = {}, host?: string) =>
  send("POST", "/api/login", headers, { token }, host);
const cookieOf = (answer: Awaited<ReturnType<typeof send>>) => String(answer.headers["set-cookie"] ?? "");

async function loggedIn(): Promise<{ Cookie: string }> {
  return { Cookie: cookieOf(await login(newToken())).split(";", 1)[0] ?? "" };
}

describe("a login", () => {
  it("comes of a link that is good once, as a cookie that no script can read", async () => {
    const { url, expiresAt } = started.web.loginLink();
    expect(url).toMatch(new RegExp(`^https://${TUNNEL}/#login=[\\w-]{43}$`));
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(60_000);
    expect((await send("GET", "/api/info")).status).toBe(401);
    const token = newToken();
    const answer = await login(token);
    expect(answer.status).toBe(204);
    const cookie = cookieOf(answer);
    expect(cookie).toMatch(/^pm-\d+=[\w-]+\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000$/);
    const info = await send("GET", "/api/info", { Cookie: cookie.split(";", 1)[0] ?? "" });
    expect(info.json()).toMatchObject({ principal: "login" });
    const again = await login(token);
    expect([again.status, again.json().code]).toEqual([401, "E463"]);
  });

  it("is kept to https behind a tunnel", async () => {
    const answer = await login(newToken(), { Origin: `https://${TUNNEL}` }, TUNNEL);
    expect(cookieOf(answer)).toMatch(/^__Host-pm-\d+=.*; Secure$/);
    const Cookie = cookieOf(answer).split(";", 1)[0] ?? "";
    expect(
      (await send("GET", "/api/info", { Cookie, "X-Forwarded-For": "1.2.3.4" }, undefined, TUNNEL)).status,
    ).toBe(200);
  });

  it("is worth nothing when altered, and ends by logout, with its event streams", async () => {
    const { Cookie } = await loggedIn();
    const altered = Cookie.replace(/.$/, Cookie.endsWith("A") ? "B" : "A");
    expect((await send("GET", "/api/info", { Cookie: altered })).status).toBe(401);
    const stream = await fetch(`${started.web.url}/api/events`, { headers: { Cookie } });
    const ended = (async () => {
      for await (const _ of stream.body ?? []);
    })().catch(() => {});
    expect((await send("POST", "/api/logout", { Cookie })).status).toBe(204);
    await ended;
    expect((await send("GET", "/api/info", { Cookie })).status).toBe(401);
  });

  it("makes a link for another device, as a picture too", async () => {
    const headers = await loggedIn();
    expect((await send("POST", "/api/login-links")).status).toBe(401);
    const answer = await send("POST", "/api/login-links", headers);
    const { url, qr_svg } = answer.json<{ url: string; qr_svg: string }>();
    expect([answer.status, qr_svg.startsWith("<svg")]).toEqual([201, true]);
    expect((await login(url.split("#login=")[1] ?? "")).status).toBe(204);
  });

  it("is closed to everybody for a minute after ten wrong tokens", async () => {
    const other = await startWeb({ worker: false, auth: "always" });
    const tryWith = (token: string) => other.post("/api/login", { token });
    const token = other.web.loginLink().url.split("#login=")[1] ?? "";
    for (let n = 0; n < 10; n += 1) expect((await tryWith(`wrong-${n}`)).status).toBe(401);
    const closed = await tryWith(token);
    expect([closed.status, closed.headers.get("retry-after")]).toEqual([429, "60"]);
    await other.stop();
  });
});

describe("what nobody is told without a login", () => {
  it("is anything of the project, the queue or the secrets", async () => {
    const headers = await loggedIn();
    await send("POST", "/api/tasks", headers, { task_group_id: "private", prompt: `very private ${SECRET}` });
    const paths = [
      "/",
      "/api/health",
      "/api/info",
      "/api/tasks",
      "/api/tasks/private.1",
      "/metrics",
      "/api/openapi.json",
    ];
    const more = [
      "/api/task-groups",
      "/api/events",
      "/api/nothing",
      "/tasks/private.1",
      "/assets/index-a1B2c3D4.js",
    ];
    for (const path of [...paths, ...more])
      for (const host of [TUNNEL, undefined, "evil.example"]) {
        const { text, headers: answered } = await send("GET", path, {}, undefined, host);
        const all = text + JSON.stringify(answered);
        for (const word of ["very private", SECRET, started.project, started.home, "QUEUED"])
          expect(all).not.toContain(word);
      }
  });

  it("is not an absolute address either, which would name a second host", async () => {
    for (const path of ["http://evil.example/api/health", `http://localhost:${started.web.port}/api/health`])
      expect((await rawRequest(started.web.port, { path })).status).toBe(404);
    expect((await rawRequest(started.web.port, { path: "//evil.example/api/info" })).status).not.toBe(301);
  });
});

describe("the keepers of logins", () => {
  it("take a token for 60 s, and count failures for a minute", () => {
    let now = 1_000_000;
    const links = createLoginLinks(() => now);
    const { token } = links.make();
    now += 60_000;
    expect(() => links.use(token)).toThrow(/older than 60 seconds/);
    for (let n = 0; n < 9; n += 1) expect(() => links.use("x")).toThrow(/never given out/);
    const late = links.make();
    expect(() => links.use(late.token)).toThrow(/10 failed logins/);
    now += 59_999;
    expect(() => links.use(late.token)).toThrow(/10 failed logins/);
    now += 1;
    const fresh = links.make();
    expect(() => links.use(fresh.token)).not.toThrow();
  });

  it("keep a login for 30 days from its last use, and 100 at most", () => {
    let now = 0;
    const sessions = createSessions(() => now);
    const first = sessions.open();
    const day = 24 * 3_600_000;
    now = 29 * day;
    expect(sessions.find(first)).not.toBeNull();
    now = 58 * day;
    expect(sessions.find(first)).not.toBeNull();
    now = 88 * day;
    expect(sessions.find(first)).toBeNull();
    const all = Array.from({ length: 101 }, () => sessions.open());
    expect(all.map((value) => sessions.find(value)).filter((id) => id === null)).toHaveLength(1);
    expect(sessions.find(all[0] ?? "")).toBeNull();
    expect(sessions.find("x.y")).toBeNull();
    expect(sessions.find("")).toBeNull();
  });
});
