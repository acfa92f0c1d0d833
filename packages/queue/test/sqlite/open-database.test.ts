/** Which files are opened, how they are made, and that what is refused stays byte for byte as it was (E420–E425). */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/sqlite/open-database.ts";
import { openSqliteQueue } from "../../src/sqlite/open-sqlite-queue.ts";
import { buildChildProgram, type ChildProgram } from "./child.ts";
import { complete, NEXT, payload, type QueueFile, queueFile } from "./queue-file.ts";

const PAGE = 4096;
const NOBODY = 65_534;

describe("a queue file", () => {
  let file: QueueFile;
  let program: ChildProgram;
  beforeAll(async () => {
    program = await buildChildProgram();
  });
  afterAll(() => program.remove());
  beforeEach(() => {
    file = queueFile();
  });
  afterEach(() => file.remove());

  const open = (path = file.path) => openSqliteQueue({ path, namespace: "test" });
  const refused = (code: string) => expect(open()).rejects.toMatchObject({ code });

  async function filled(): Promise<void> {
    const queue = await open();
    for (let n = 0; n < 40; n++)
      await queue.submit({ groupId: `g${n}`, project: "p", payload: payload("x".repeat(500)) });
    await queue.close();
  }

  it("is made with its folders, for nobody else to read", async () => {
    const path = join(file.folder, "a", "b", "queue.db");
    const queue = await open(path);
    await queue.submit({ groupId: "g", project: "p", payload: payload() });
    for (const name of ["queue.db", "queue.db-wal", "queue.db-line"])
      expect(statSync(join(file.folder, "a", "b", name)).mode & 0o777).toBe(0o600);
    for (const folder of ["a", "a/b"]) expect(statSync(join(file.folder, folder)).mode & 0o777).toBe(0o700);
    await queue.close();
  });

  it("is synced at every commit, also when it is opened again, and waits for no lock by sleeping", async () => {
    for (let time = 0; time < 2; time++) {
      const db = await openDatabase(file.path);
      expect(db.get("PRAGMA synchronous")).toEqual({ synchronous: 2 });
      expect(db.get("PRAGMA journal_mode")).toEqual({ journal_mode: "wal" });
      expect(db.get("PRAGMA foreign_keys")).toEqual({ foreign_keys: 1 });
      expect(db.get("PRAGMA busy_timeout")).toEqual({ timeout: 0 });
      db.close();
    }
  });

  it("can be made by many processes at once", async () => {
    const children = Array.from({ length: 6 }, () => program.start("use", file.path));
    const said = (await Promise.all(children.map((child) => child.said))).flat();
    expect(said.flatMap(({ code }) => code ?? [])).toEqual([]);
    const ids = said.flatMap(({ submitted }) => submitted ?? []);
    expect(ids.sort()).toEqual(["g.1", "g.2", "g.3", "g.4", "g.5", "g.6"]);
  });

  it("may be there and empty", async () => {
    writeFileSync(file.path, "");
    const queue = await open();
    expect((await queue.stats()).counts.QUEUED).toBe(0);
    await queue.close();
  });

  it("of a newer schema is E424 and is left as it is", async () => {
    await filled();
    file.sql("PRAGMA user_version = 99");
    const before = file.bytes();
    await refused("E424");
    expect(file.bytes()).toEqual(before);
  });

  it("of another program is refused and left as it is", async () => {
    file.sql("CREATE TABLE recipes (name TEXT)");
    const before = file.bytes();
    await refused("E420");
    expect(file.bytes()).toEqual(before);
  });

  it("that is no database is E423 and is left as it is", async () => {
    for (const text of ["x", "This is not a database. ".repeat(1_000)]) {
      writeFileSync(file.path, text);
      const before = file.bytes();
      await refused("E423");
      expect(file.bytes()).toEqual(before);
    }
  });

  it.each([
    ["cut off", (path: string) => truncateSync(path, 3 * PAGE)],
    ["with a schema of noise", (path: string) => overwrite(path, 200, 3_000)],
    ["with a table of noise", (path: string) => overwrite(path, 2 * PAGE, 6 * PAGE)],
  ])("that is damaged (%s) is E423 and is left as it is", async (_, damage) => {
    await filled();
    damage(file.path);
    const before = file.bytes();
    await refused("E423");
    expect(file.bytes()).toEqual(before);
  });

  it("whose damage is met only at work is E423 from then on, and no log is moved into it", async () => {
    await filled();
    // As after a crash: what was committed last is in the log only.
    const source = await open();
    await source.submit({ groupId: "late", project: "p", payload: payload() });
    const copy = mkdtempSync(join(file.folder, "copy-"));
    for (const end of ["", "-wal"]) copyFileSync(`${file.path}${end}`, join(copy, `queue.db${end}`));
    await source.close();
    const path = join(copy, "queue.db");
    // Nothing but the last pages, which hold no root of a table or index.
    overwrite(path, statSync(path).size - 4 * PAGE, 4 * PAGE);
    const before = readFileSync(path);
    const queue = await open(path);
    await expect(drain(queue)).rejects.toMatchObject({ code: "E423" });
    const late = { groupId: "g", project: "p", payload: payload() };
    await expect(queue.submit(late)).rejects.toMatchObject({ code: "E423" });
    await expect(queue.stats()).rejects.toMatchObject({ code: "E423" });
    await queue.close();
    expect(readFileSync(path).equals(before)).toBe(true);
    rmSync(copy, { recursive: true });
  });

  describe("that only may be read", () => {
    const readOnly = ["bwrap", "--dev-bind", "/", "/", "--ro-bind"];

    it("on a disk mounted read-only, can be read, and writing to it is E422", async () => {
      await filled();
      const wrapper = [...readOnly, file.folder, file.folder, "--"];
      const before = file.bytes();
      expect(await program.start("use", file.path, { wrapper }).said).toEqual([
        { total: 40 },
        { code: "E422" },
      ]);
      expect(file.bytes()).toEqual(before);
    });

    it("can't be made on a disk mounted read-only: E422", async () => {
      const wrapper = [...readOnly, file.folder, file.folder, "--"];
      expect(await program.start("use", file.path, { wrapper }).said).toEqual([{ code: "E422" }]);
    });

    it.runIf(process.getuid?.() === 0)(
      "because of its mode, can be read, and writing to it is E422",
      async () => {
        await filled();
        chmodSync(file.folder, 0o755);
        for (const name of readdirSync(file.folder)) chmodSync(join(file.folder, name), 0o644);
        const before = file.bytes();
        expect(await program.start("use", file.path, { uid: NOBODY }).said).toEqual([
          { total: 40 },
          { code: "E422" },
        ]);
        expect(file.bytes()).toEqual(before);
      },
    );

    it.runIf(process.getuid?.() === 0)("by others is E422 for a user who may not even read it", async () => {
      await filled();
      chmodSync(file.folder, 0o755);
      expect(await program.start("use", file.path, { uid: NOBODY }).said).toEqual([{ code: "E422" }]);
    });
  });
});

async function drain(queue: Awaited<ReturnType<typeof openSqliteQueue>>): Promise<void> {
  let got = await queue.claimNext(NEXT);
  while (got) got = await queue.finish(got.claim, complete, NEXT);
}

function overwrite(path: string, offset: number, length: number): void {
  const file = openSync(path, "r+");
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, offset);
  closeSync(file);
}
