import { describe, expect, it } from "vitest";
import { findChangedScripts } from "../../src/workspace/find-changed-scripts.ts";
import { file } from "../gates/build-evidence.ts";

const changed = (before: object | null, after: object | null, path = "package.json") => {
  const blobs = new Map<string, Buffer>();
  const put = (id: string, manifest: object | null) => {
    if (manifest === null) return null;
    blobs.set(id, Buffer.from(JSON.stringify(manifest)));
    return id;
  };
  const files = [file(path, { old_oid: put("old", before), new_oid: put("new", after) })];
  return findChangedScripts(files, blobs).length > 0;
};
const withOne = (spec: string) => ({ name: "x", dependencies: { tools: spec } });

describe("a dependency that does not come from the registry", () => {
  it.each([
    "git+https://example.org/tools.git",
    "git+ssh://git@example.org/tools.git#main",
    "git://example.org/tools",
    "git@github.com:a/tools.git",
    "ssh://git@example.org/tools",
    "https://example.org/tools.tgz",
    "http://example.org/tools.tgz",
    "github:a/tools",
    "gitlab:a/tools",
    "gist:1234",
    "a/tools",
    "a/tools#main",
    "exec:./make.js",
    "patch:tools@https://example.org/tools.tgz#a.patch",
    "file:../tools",
    "file:/opt/tools",
    "file:~/tools",
    "link:../tools",
    "portal:../../tools",
    "../tools",
    "/opt/tools",
  ])("is told where %s is new", (spec) => {
    expect(changed({ name: "x" }, withOne(spec))).toBe(true);
    expect(changed(null, withOne(spec))).toBe(true);
    expect(changed(withOne("^1.0.0"), withOne(spec))).toBe(true);
    expect(changed({}, { devDependencies: { tools: spec } })).toBe(true);
    expect(changed({}, { optionalDependencies: { tools: spec } })).toBe(true);
    expect(changed(withOne(spec), withOne(spec))).toBe(false);
    expect(changed(withOne(spec), withOne("^1.0.0"))).toBe(false);
    expect(changed(withOne(spec), { name: "x" })).toBe(false);
  });

  it.each([
    "1.3.0",
    "^1.2.3",
    ">=1 <2 || 3.x",
    "latest",
    "*",
    "",
    "npm:left-pad@1.3.0",
    "npm:@a/tools@^1",
    "workspace:*",
    "workspace:../tools",
    "catalog:",
    "patch:tools@npm%3A1.0.0#~/.yarn/patches/a.patch",
    "patch:@a/tools@npm:1.0.0#a.patch",
    "catalog:react18",
    "file:./vendor/tools",
    "file:vendor/tools.tgz",
    "./vendor/tools",
  ])("is not %j", (spec) => expect(changed({ name: "x" }, withOne(spec))).toBe(false));

  it("is told where a package that was there is another one under the same name", () => {
    expect(changed(withOne("^1.0.0"), withOne("npm:always-green@1"))).toBe(true);
    expect(changed(withOne("npm:tools@1"), withOne("npm:always-green@1"))).toBe(true);
    expect(changed(withOne("^1.0.0"), withOne("npm:tools@2"))).toBe(false);
  });

  it("may lie in another folder of the project", () => {
    expect(changed({}, withOne("file:../tools"), "packages/app/package.json")).toBe(false);
    expect(changed({}, withOne("link:../../tools"), "packages/app/package.json")).toBe(false);
    expect(changed({}, withOne("file:../../../tools"), "packages/app/package.json")).toBe(true);
    expect(changed({}, withOne("file:./a/../../../../tools"), "packages/app/package.json")).toBe(true);
  });

  it("stays of no matter where it moves to another kind of dependencies, or is no text", () => {
    const spec = "github:a/tools";
    expect(changed(withOne(spec), { name: "x", devDependencies: { tools: spec } })).toBe(false);
    expect(changed({}, { dependencies: { a: 1 }, devDependencies: null, peerDependencies: [] })).toBe(false);
  });
});
