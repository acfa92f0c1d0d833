/** A disk that fills up: a small file system made by bubblewrap around a process that submits. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildChildProgram, type ChildProgram } from "./child.ts";
import type { ChildLine } from "./child-program.ts";
import { type QueueFile, queueFile } from "./queue-file.ts";

describe("a full disk", () => {
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

  const script =
    'node=$1; program=$2; path=$4; "$node" "$program" fill "$path"; "$node" "$program" use "$path"';
  const onSmallDisk = (bytes: number): Promise<ChildLine[]> =>
    program.start("fill", file.path, {
      wrapper: [
        ...["bwrap", "--dev-bind", "/", "/", "--size", String(bytes), "--tmpfs", file.folder],
        ...["--", "bash", "-c", script, "bash"],
      ],
    }).said;

  it("is E421, and what was acknowledged is there afterwards", async () => {
    const [first, ...rest] = await onSmallDisk(4 * 1024 * 1024);
    expect(first).toEqual({ total: 0 });
    const refused = rest.findIndex(({ code }) => code !== undefined);
    expect(refused).toBeGreaterThan(5);
    expect(rest[refused]).toEqual({ code: "E421" });
    expect(rest[refused + 1]).toEqual({ total: refused });
  });

  it("on which not even an empty queue has room is E421", async () => {
    expect((await onSmallDisk(4096)).map(({ code }) => code)).toEqual(["E421", "E421"]);
  });
});
