import type { AgentRunRequest } from "@pm/core";
import * as z from "zod";
import type { ToolDefinition } from "./tool-host.ts";
import { TOOL_INPUTS, type ToolName } from "./tool-inputs.ts";

interface Lesson {
  readonly description: string;
  readonly changes: boolean;
}

const LESSONS: Readonly<Record<ToolName, Lesson>> = {
  read: {
    description:
      "Read a text file. Lines come with their numbers and a tab before them, which are not part of the file. A long file comes in parts: the last line says at which offset to go on. Read a file before you edit it.",
    changes: false,
  },
  list: {
    description: "List a folder. `name/` is a folder, `name@` a symlink.",
    changes: false,
  },
  glob: {
    description:
      "Find files by their path. `*` and `?` match within a name, `**` matches folders, `{a,b}` either. Dependency folders such as node_modules are left out unless the pattern names them.",
    changes: false,
  },
  grep: {
    description:
      "Search the text of files with a regular expression; the answer has lines `path:line:text`. What .gitignore names is left out. Use it rather than a shell command to find where something is defined or used.",
    changes: false,
  },
  write: {
    description:
      "Make a file, or replace all that is in one. To change a part of a file use edit. .git and .pm can't be written.",
    changes: true,
  },
  edit: {
    description:
      "Replace text in a file. old_string must be exactly what stands in the file, without line numbers, and must stand there once: give lines around it where needed. Set replace_all to replace every occurrence. Line ends stay as the file has them.",
    changes: true,
  },
  shell: {
    description:
      'Run a program in the workspace\'s root, without a shell: give it as an array such as ["npm", "test"]; where you need a pipe, run ["sh", "-c", "…"]. You get what it printed, start and end where that is long, and its exit code. It has no input and, in most runs, no network. Nothing that it leaves in the background lives on.',
    changes: true,
  },
};

/** @returns the tools of a run, as a model is told of them: in a reading run those that change nothing */
export function toolDefinitions(access: AgentRunRequest["access"]): readonly ToolDefinition[] {
  return (Object.keys(TOOL_INPUTS) as ToolName[])
    .filter((name) => access === "write" || !LESSONS[name].changes)
    .map((name) => ({ name, ...LESSONS[name], inputSchema: schemaOf(name) }));
}

/** Without the name of its dialect, which no API asks for and every call would pay. */
function schemaOf(name: ToolName): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(TOOL_INPUTS[name], { target: "draft-7" });
  return schema;
}
