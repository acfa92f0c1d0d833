import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanPath } from "../../src/sandbox/clean-path.ts";

let root: string;
let project: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "pm-path-"));
  project = join(root, "project");
  mkdirSync(join(project, "bin"), { recursive: true });
  symlinkSync(join(project, "bin"), join(root, "innocent"));
  symlinkSync(project, join(root, "alias"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("cleanPath", () => {
  it("drops empty and relative entries, which mean the project when it is the current directory", () => {
    expect(cleanPath(":/usr/bin:.:bin:./x:../y::/bin", project)).toBe("/usr/bin:/bin");
  });

  it("drops entries inside the project, by name, through a symlink, and by another name of the project", () => {
    const path = [join(project, "bin"), join(root, "innocent"), join(root, "alias/bin"), project, "/usr/bin"];
    expect(cleanPath(path.join(":"), project)).toBe("/usr/bin");
    expect(cleanPath(path.join(":"), join(root, "alias"))).toBe("/usr/bin");
  });

  it("keeps a folder that only begins like the project", () => {
    expect(cleanPath(`${project}-tools/bin:/usr/bin`, project)).toBe(`${project}-tools/bin:/usr/bin`);
  });

  it("is never empty, and names nothing twice", () => {
    expect(cleanPath(undefined, project)).toBe("/usr/local/bin:/usr/bin:/bin");
    expect(cleanPath(join(project, "bin"), project)).toBe("/usr/local/bin:/usr/bin:/bin");
    expect(cleanPath("/bin:/bin:/usr/bin:/bin", project)).toBe("/bin:/usr/bin");
  });
});
