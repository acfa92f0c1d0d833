import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unfold } from "../../../src/repl/editor/pastes.ts";
import { type Draft, openDraft } from "../../../src/repl/editor/storage/draft.ts";
import { editorFiles } from "../../../src/repl/editor/storage/editor-files.ts";
import { builtEditor } from "./built-editor.ts";
import { key, paste, pressAll, text } from "./keys.ts";

let home: string;
let file: string;
let children: ChildProcess[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "pm-draft-"));
  file = editorFiles(home, "/work/project").draft;
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
});

/** A process that reads keys from standard input into a draft, and says when a chunk was read. */
async function typist() {
  const script = join(home, "type.mjs");
  writeFileSync(
    script,
    `import { createKeyReader, EMPTY_EDITOR, openDraft, pressKey } from ${JSON.stringify(await builtEditor(home))};
     const draft = openDraft(${JSON.stringify(file)});
     const reader = createKeyReader();
     let state = draft.restored ?? EMPTY_EDITOR;
     console.log(JSON.stringify(state.text));
     let read = 0;
     process.stdin.on("data", (chunk) => {
       for (const key of reader.push(chunk)) {
         const step = pressKey(state, key, { history: [], completion: null });
         state = step.state;
         for (const effect of step.effects) if (effect.kind === "submit") draft.submitted(effect.text);
       }
       draft.save(state);
       read += chunk.length;
       const upToHere = read;
       setTimeout(() => console.log("read " + upToHere), 60);
     });`,
  );
  const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const until = async (wanted: string) => {
    while (!output.includes(wanted)) await once(child.stdout, "data");
  };
  await until("\n");
  return {
    restored: () => JSON.parse(output.split("\n")[0] ?? "") as string,
    async type(bytes: string) {
      child.stdin.write(bytes);
      await until(`read ${Buffer.byteLength(bytes)}\n`);
    },
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

const files = () => readdirSync(dirname(file));
const textOf = ({ restored }: Draft) => (restored === null ? null : unfold(restored.pastes, restored.text));

describe("the draft", () => {
  it("is restored, with its cursor and a large paste, after kill -9 while typing", async () => {
    const pasted = "0123456789abcdef\n".repeat(61_681);
    const one = await typist();
    await one.type(`see \x1b[200~${pasted.replaceAll("\n", "\r")}\x1b[201~ and fix it\x1b[D`);
    await one.kill();
    const draft = openDraft(file);
    expect(textOf(draft)).toBe(`see ${pasted} and fix it`);
    expect(draft.restored?.cursor).toBe((draft.restored?.text.length ?? 0) - 1);
    expect(files()).toEqual([`draft.${process.pid}.json`]);
    expect(statSync(join(dirname(file), `draft.${process.pid}.json`)).mode & 0o777).toBe(0o600);
    draft.save(pressAll([]).state);
    draft.close();
    expect(files()).toEqual([]);
  });

  it("keeps what was submitted and not dealt with, before what was typed after it", async () => {
    const one = await typist();
    await one.type("first task\rsecond");
    await one.kill();
    expect(textOf(openDraft(file))).toBe("first task\nsecond");
  });

  it("leaves the draft of a live process alone, and gives a dead one's to only one", async () => {
    const one = await typist();
    await one.type("mine");
    const mine = openDraft(file);
    expect(mine.restored).toBeNull();
    await one.kill();
    const [two, three] = await Promise.all([typist(), typist()]);
    expect([two.restored(), three.restored()].sort()).toEqual(["", "mine"]);
  });

  it("takes over a draft of this very pid, where that was another process", () => {
    const own = join(dirname(file), `draft.${process.pid}.json`);
    const first = openDraft(file);
    first.save(pressAll([text("before the restart")]).state);
    first.flush();
    const content = JSON.parse(readFileSync(own, "utf8"));
    writeFileSync(own, JSON.stringify({ ...content, owner: { ...content.owner, start: "1" } }));
    expect(textOf(openDraft(file))).toBe("before the restart");
  });

  it("goes when the text is gone, and when a submitted text was dealt with", () => {
    const draft = openDraft(file);
    draft.save(pressAll([text("half a task")]).state);
    draft.flush();
    expect(files()).toHaveLength(1);
    const done = draft.submitted("half a task");
    draft.save(pressAll([text("half a task"), key("enter")]).state);
    draft.flush();
    expect(files()).toHaveLength(1);
    done();
    expect(files()).toEqual([]);
  });

  it("writes nothing secret, and removes what it became part of", () => {
    const draft = openDraft(file, { secret: (typed) => /^\/keys set \S+ \S/.test(typed) });
    draft.save(pressAll([text("/keys set anthropic ")]).state);
    draft.flush();
    expect(files()).toHaveLength(1);
    draft.save(pressAll([text("/keys set anthropic s")]).state);
    draft.flush();
    draft.submitted("/keys set anthropic sk")();
    expect(files()).toEqual([]);
  });

  it("removes a damaged draft and stops no typing where it cannot write", () => {
    const dead = openDraft(file);
    dead.save(pressAll([paste("x")]).state);
    dead.close();
    rmSync(join(dirname(file), `draft.${process.pid}.json`));
    writeFileSync(`${file}.99999999.json`, "{");
    writeFileSync(`${file}.99999999.tmp`, "{");
    expect(openDraft(file).restored).toBeNull();
    expect(files()).toEqual([]);
    rmSync(dirname(file), { recursive: true });
    writeFileSync(dirname(file), "a file where the directory should be");
    const draft = openDraft(file);
    draft.save(pressAll([text("typing")]).state);
    draft.flush();
    expect(draft.problem()).not.toBeNull();
  });
});
