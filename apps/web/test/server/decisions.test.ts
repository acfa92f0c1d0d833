import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StartedWeb, startWeb } from "../support/start-web.ts";

let started: StartedWeb;
beforeAll(async () => {
  started = await startWeb();
});
afterAll(() => started.stop());

type Json = Record<string, unknown>;

async function asked(path: string, init?: RequestInit) {
  const answer = await started.fetch(path, init);
  const text = await answer.text();
  return {
    status: answer.status,
    etag: answer.headers.get("etag"),
    body: (text && JSON.parse(text)) as Json,
  };
}

const write = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  asked(path, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const post = (path: string, body: unknown = {}, headers?: Record<string, string>) =>
  write("POST", path, body, headers);
const setStatus = (id: string, status: string, more: Json = {}, headers?: Record<string, string>) =>
  write("PATCH", `/api/tasks/${id}/status`, { status, ...more }, headers);

async function waiting(name: string, words = "wide"): Promise<string> {
  const id = await started.submit(`Add the ${words} function ${name}`, name);
  await started.until(id, "AWAITING_APPROVAL");
  return id;
}

describe("what a person can say of a task", () => {
  it("is an approval of exactly what was seen, and the evidence says the rest", async () => {
    const id = await waiting("alpha");
    const path = `/api/tasks/${id}`;
    const seen = await asked(`${path}/approval`);
    expect(seen.body).toMatchObject({
      effect: "accept",
      violations: [{ code: "E221", paths: ["docs/alpha.md"] }],
    });
    expect(seen.etag).toBe(`"${String(seen.body.digest)}"`);
    expect(await post(`${path}/approve`)).toMatchObject({ status: 428, body: { code: "E474" } });
    expect(await post(`${path}/approve`, {}, { "If-Match": "*" })).toMatchObject({ status: 428 });
    expect(await post(`${path}/approve`, { digest: "0".repeat(64) })).toMatchObject({
      ...{ status: 412, body: { code: "E208" } },
    });
    expect(await post(`${path}/approve`, {}, { "If-Match": '"other"' })).toMatchObject({ status: 412 });
    const both = await post(`${path}/approve`, { digest: "other" }, { "If-Match": seen.etag ?? "" });
    expect(both).toMatchObject({ status: 412, body: { code: "E473" } });
    const approved = await post(`${path}/approve`, { note: "fine" }, { "If-Match": seen.etag ?? "" });
    expect(approved).toMatchObject({ status: 200, body: { task_id: id, status: "QUEUED" } });
    await started.until(id, "COMPLETE");
    expect(existsSync(join(started.project, "docs/alpha.md"))).toBe(true);
    const { body } = await asked(`${path}/evidence`);
    expect(body).toMatchObject({ approvals: [{ effect: "accept", digest: seen.body.digest, note: "fine" }] });
    expect(await asked(`${path}/approval`)).toMatchObject({ status: 404, body: { code: "E476" } });
    expect(await post(`${path}/approve`, { digest: seen.body.digest })).toMatchObject({
      ...{ status: 409, body: { code: "E411" } },
    });
  });

  it("is QUEUED with the tag of the task that was seen, which covers what waits", async () => {
    const id = await waiting("beta");
    expect(await setStatus(id, "QUEUED")).toMatchObject({ status: 428, body: { code: "E474" } });
    const { etag } = await asked(`/api/tasks/${id}`);
    expect(
      (await started.fetch(`/api/tasks/${id}`, { headers: { "If-None-Match": etag ?? "" } })).status,
    ).toBe(304);
    expect(await setStatus(id, "QUEUED", {}, { "If-Match": etag ?? "" })).toMatchObject({ status: 200 });
    await started.until(id, "COMPLETE");
    const later = await asked(`/api/tasks/${id}`, { headers: { "If-None-Match": etag ?? "" } });
    expect(later).toMatchObject({ status: 200, body: { status: "COMPLETE" } });
    expect(await setStatus(id, "QUEUED", {}, { "If-Match": etag ?? "" })).toMatchObject({
      ...{ status: 409, body: { code: "E411" } },
    });
  });

  it("is never a status that only evidence gives", async () => {
    const id = await waiting("gamma");
    for (const status of ["COMPLETE", "ERROR", "INVALID", "NO_EVIDENCE", "AWAITING_APPROVAL", "RUNNING"])
      expect(await setStatus(id, status)).toMatchObject({ status: 409, body: { code: "E472" } });
    expect(await setStatus(id, "DONE")).toMatchObject({ status: 400, body: { code: "E468" } });
    expect((await started.queue.get(id)).state).toBe("AWAITING_APPROVAL");
    const { etag } = await asked(`/api/tasks/${id}`);
    expect(await setStatus(id, "CANCELLED", {}, { "If-Match": '"old"' })).toMatchObject({
      ...{ status: 412, body: { code: "E473" } },
    });
    expect(await setStatus(id, "CANCELLED", {}, { "If-Match": etag ?? "" })).toMatchObject({
      ...{ status: 200, body: { status: "CANCELLED" } },
    });
    for (const status of ["COMPLETE", "RUNNING"])
      expect(await setStatus(id, status)).toMatchObject({ status: 409, body: { code: "E472" } });
    expect(await setStatus(id, "QUEUED", { digest: "x" })).toMatchObject({
      status: 409,
      body: { code: "E411" },
    });
    expect(await setStatus(id, "CANCELLED")).toMatchObject({ status: 200 });
  });

  it("is a waiver only where the result can be accepted, and it says why", async () => {
    const id = await waiting("delta", "vague");
    const { body } = await asked(`/api/tasks/${id}/approval`);
    expect(body.effect).not.toBe("accept");
    const waiver = { digest: body.digest, note: "good enough" };
    expect(await post(`/api/tasks/${id}/waive`, waiver)).toMatchObject({
      status: 409,
      body: { code: "E477" },
    });
    expect((await started.queue.get(id)).state).toBe("AWAITING_APPROVAL");
    const other = await waiting("epsilon");
    const digest = (await asked(`/api/tasks/${other}/approval`)).body.digest;
    expect(await post(`/api/tasks/${other}/waive`, { digest })).toMatchObject({ status: 400 });
    expect(await post(`/api/tasks/${other}/waive`, { digest, note: " " })).toMatchObject({ status: 400 });
    expect(await post(`/api/tasks/${other}/waive`, { digest, note: "a note is fine" })).toMatchObject({
      status: 200,
    });
    await started.until(other, "COMPLETE");
  });
});

describe("ending and trying again", () => {
  it("cancels what waits for a worker, what runs and what waits for a person", async () => {
    const running = await started.submit("Add the slow function zeta", "slow");
    const behind = await started.submit("Add the function eta", "slow");
    await started.until(running, "RUNNING");
    expect(await post(`/api/tasks/${behind}/retry`)).toMatchObject({ status: 409, body: { code: "E478" } });
    expect(await post(`/api/tasks/${behind}/cancel`)).toMatchObject({
      status: 200,
      body: { status: "CANCELLED" },
    });
    const asking = await post(`/api/tasks/${running}/cancel`);
    expect([200, 202]).toContain(asking.status);
    expect(asking.body.cancel_requested || asking.body.status === "CANCELLED").toBe(true);
    await started.until(running, "CANCELLED");
    expect(await post(`/api/tasks/${running}/cancel`)).toMatchObject({ status: 200 });
    const id = await waiting("theta");
    expect(await post(`/api/tasks/${id}/cancel`)).toMatchObject({
      status: 200,
      body: { status: "CANCELLED" },
    });
    expect(existsSync(join(started.project, "docs/theta.md"))).toBe(false);
  });

  it("submits the same once more, in the same group, and once for a key", async () => {
    const id = await started.submit("Add the function iota", "again");
    await started.until(id, "COMPLETE");
    expect(await post(`/api/tasks/${id}/cancel`)).toMatchObject({ status: 409, body: { code: "E411" } });
    const [first, second] = [
      await post(`/api/tasks/${id}/retry`, {}, { "Idempotency-Key": "k-retry" }),
      await post(`/api/tasks/${id}/retry`, {}, { "Idempotency-Key": "k-retry" }),
    ];
    expect(first).toMatchObject({
      status: 201,
      body: { task_group_id: "again", prompt: "Add the function iota" },
    });
    expect(first.body.task_id).not.toBe(id);
    expect(second.body.task_id).toBe(first.body.task_id);
  });
});
