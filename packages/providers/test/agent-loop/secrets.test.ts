import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { filesHolding } from "../../../../test/support/files-holding.ts";
import { startMessagesServer } from "../../../../test/support/messages-server/server.mjs";
import * as turn from "../../../../test/support/messages-server/turns.mjs";
import { loopDriver } from "../contract/loop-driver.ts";
import { isolatedExec } from "../support/isolated-exec.ts";
import { formsOf, KEY, leaves } from "../support/key-forms.ts";
import { makeTestRun } from "../support/make-request.ts";

it.each(Object.entries(formsOf(KEY)))(
  "a key written %s is in no transcript, record, activity or answer",
  async (_, form) => {
    const run = makeTestRun();
    const server = await startMessagesServer(({ index }) =>
      index === 0
        ? {
            content: [
              ...(turn.text(`I found ${form}`).content ?? []),
              ...(turn.tool("shell", { argv: ["echo", form] }).content ?? []),
            ],
          }
        : index === 1
          ? turn.tool("read", { path: `${form}/../../../etc/passwd` })
          : turn.text(`It is ${form}`),
    );
    try {
      const provider = loopDriver("messages").make(run, server, KEY);
      const done = await provider.run(run.request({ exec: isolatedExec(run) }));
      const planned = await provider.run(
        run.request({
          exec: isolatedExec(run, "read"),
          access: "read",
          phase: "PLANNING",
          output: { name: "plan", jsonSchema: { type: "object" } },
        }),
      );
      expect(done.record).toMatchObject({ is_error: false, tool_calls: 2 });
      for (const told of [...leaves(done), ...leaves(planned), ...leaves(run.activities)]) {
        // Its edges hold no whole letter of the key, and may stay.
        expect(told).not.toContain(form.slice(6, -6));
      }
      expect(leaves(done).join()).toContain("[redacted:known-secret]");
      expect(filesHolding(run.dir, form.slice(6, -6))).toEqual([]);
    } finally {
      await server.close();
      rmSync(run.dir, { recursive: true, force: true });
    }
  },
);

it("a key that an API's refusal quotes is not in the error", async () => {
  const run = makeTestRun();
  const server = await startMessagesServer(() => turn.httpError(401, `no such key: ${KEY}`));
  const provider = loopDriver("messages").make(run, server, KEY);
  const { record } = await provider.run(run.request({ exec: isolatedExec(run) }));
  await server.close();
  rmSync(run.dir, { recursive: true, force: true });
  expect(record.error_code).toBe("E504");
  expect(record.error_message).toContain("no such key: [redacted:known-secret]");
});
