import { readFile } from "node:fs/promises";
import { RunnerError } from "../errors/runner-error.ts";
import { errnoOf, fsError } from "./fs-error.ts";
import { projectLayout } from "./layout.ts";
import { parseSettings } from "./parse-settings.ts";
import type { Settings } from "./settings.ts";
import { quoteWords } from "./split-words.ts";

/**
 * @returns the project's settings, and the text they were read from, for evidence.
 * @throws E103, E106, E107, E108.
 */
export async function loadSettings(project: string): Promise<{ settings: Settings; text: string }> {
  const path = projectLayout(project).settings;
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (errnoOf(error) === "ENOENT") {
      throw new RunnerError("E106", { path, project: quoteWords([project]) }, error);
    }
    throw fsError(error, path, "read");
  });
  return { settings: parseSettings(text, path), text };
}
