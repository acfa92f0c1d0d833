import { cpSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import { HONEST } from "../support/honest-script.ts";
import { makeProject } from "../support/sample-project.ts";
import { createScriptedProvider } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

it("lists a session for its project, and for a copy of it only once the project is gone", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pm-place-")));
  const project = makeProject();
  made.push(folder, project);
  const [home, copy, link] = ["home", "copy", "link"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const engine = createEngine({ home, version: "0.0.0", providers: () => createScriptedProvider(HONEST) });
  const { session_id: id } = await engine.start({ project, tasks: [] });
  cpSync(project, copy, { recursive: true });
  symlinkSync(project, link);
  const idsOf = async (dir: string) => (await engine.sessions(dir)).map(({ session_id }) => session_id);
  expect(await idsOf(project)).toEqual([id]);
  expect(await idsOf(link)).toEqual([id]);
  expect(await idsOf(copy)).toEqual([]);
  renameSync(project, join(folder, "moved"));
  expect(await idsOf(copy)).toEqual([id]);
  expect(await idsOf(join(folder, "moved"))).toEqual([id]);
});
