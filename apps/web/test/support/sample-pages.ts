import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Stands for the built pages. @returns their folder */
export function writeSamplePages(parent: string): string {
  const folder = join(parent, "pages");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>pm</title><div id=root></div>\n");
  writeFileSync(join(folder, "assets", "index-a1B2c3D4.js"), `console.log("pm");${" ".repeat(4000)}\n`);
  writeFileSync(join(folder, "icon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>\n");
  return folder;
}
