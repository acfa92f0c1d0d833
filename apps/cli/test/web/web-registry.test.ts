import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ProcessIdentity, processIdentity } from "@pm/core";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { tempFolder } from "../../../../test/support/temp-folder.ts";
import { webFiles } from "../../src/web/web-files.ts";
import { parseRecords } from "../../src/web/web-record.ts";
import {
  addServer,
  forgetGone,
  readAllServers,
  readServers,
  removeServer,
} from "../../src/web/web-registry.ts";
import { recordOf } from "./records.ts";

/** Another live process. */
function sleeper(): ProcessIdentity {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return processIdentity(child.pid as number) as ProcessIdentity;
}

function write(home: string, records: readonly object[]): string {
  const { record } = webFiles(home, "default");
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, JSON.stringify({ servers: records }));
  return record;
}

describe("web.json", () => {
  it("is the user's alone, names pid and start time, and is gone with the last server", async () => {
    const home = tempFolder();
    const record = recordOf();
    await addServer(home, record);
    const path = join(home, "namespaces/default/web.json");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { pid, start } = processIdentity(process.pid) as ProcessIdentity;
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ servers: [{ pid, start, port: 6000 }] });
    await removeServer(home, record);
    expect(existsSync(path)).toBe(false);
  });

  it("believes no entry whose pid is now another process's, and forgets it", async () => {
    const home = tempFolder();
    const reused = recordOf({ ...sleeper(), start: "1" });
    const rebooted = recordOf({ ...sleeper(), boot: "another boot" });
    const path = write(home, [reused, rebooted]);
    expect(await readServers(home, "default")).toEqual({ live: [], gone: [reused, rebooted] });
    await forgetGone(home, "default");
    expect(existsSync(path)).toBe(false);
  });

  it("takes one server in the background for a namespace, however many start at once", async () => {
    const home = tempFolder();
    const records = Array.from({ length: 5 }, (_, index) => recordOf({ ...sleeper(), port: 6001 + index }));
    const starts = await Promise.allSettled(records.map((record) => addServer(home, record)));
    const lost = starts.filter((start) => start.status === "rejected");
    expect(lost.map(({ reason }) => reason.code)).toEqual(["E481", "E481", "E481", "E481"]);
    const { live } = await readServers(home, "default");
    expect(live).toHaveLength(1);
    expect(lost[0]?.reason.message).toContain(live[0]?.url ?? "no server");
  });

  it("takes a second one in the foreground, and loses none of them to the other's end", async () => {
    const home = tempFolder();
    const first = recordOf({ ...sleeper(), port: 6001 });
    const second = recordOf({ port: 6002, background: false });
    await addServer(home, first);
    await addServer(home, second);
    await removeServer(home, second);
    expect((await readServers(home, "default")).live).toEqual([first]);
  });

  it("is asked for in every namespace where only a port is known", async () => {
    const home = tempFolder();
    await addServer(home, recordOf({ namespace: "dev", port: 6001 }));
    await addServer(home, recordOf({ namespace: "stable", port: 6002 }));
    const { live } = await readAllServers(home);
    expect(live.map(({ namespace, port }) => [namespace, port])).toEqual([
      ["dev", 6001],
      ["stable", 6002],
    ]);
  });

  it("with anything else in it names nobody", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseRecords(text)).toEqual([]);
      }),
    );
    for (const pid of [0, -1, 1.5, "1"]) {
      expect(parseRecords(JSON.stringify({ servers: [{ ...recordOf(), pid }] }))).toEqual([]);
    }
    expect(parseRecords(JSON.stringify({ servers: [recordOf()] }))).toHaveLength(1);
  });
});
