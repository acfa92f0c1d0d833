import { spec } from "./error-spec.ts";

/** E1xx: project and configuration. */
export const PROJECT_CODES = {
  E101: spec("Project not found", "There is no directory {path}.", "Check the path given to --project."),
  E102: spec("Not a directory", "{path} is not a directory.", "Give --project the folder of the project."),
  E103: spec(
    "Project unreadable",
    "{path} can't be read: {reason}.",
    "Fix its permissions, or run pm as a user who may read it.",
  ),
  E104: spec(
    "Project read-only",
    "{path} can't be written: {reason}.",
    "Fix its permissions: pm keeps its evidence in .pm/ of the project.",
  ),
  E105: spec("No .claude directory", "{path} has no .claude directory.", "Run: pm init --project {project}"),
  E106: spec("Project file missing", "{path} is missing.", "Run: pm init --project {project}"),
  E107: spec("Invalid JSON", "{path}:{line}:{column} is not valid JSON: {reason}.", "Correct that line."),
  E108: spec(
    "Invalid setting",
    "{path}: {problem}",
    "Correct the value, or remove the key to use its default.",
  ),
  E109: spec(
    "No space left",
    "No space is left on the device of {path}.",
    "Free some space, then run the same command again.",
    507,
    1,
    true,
  ),
  E110: spec(
    "git missing",
    "git was not found on PATH, or is older than {needed}.",
    "Install git {needed} or newer.",
  ),
  E111: spec("No working sandbox", "A sandbox is required, but none works here: {reason}.", "{fix}"),
  E112: spec(
    "Invalid user configuration",
    "{path} is not valid: {reason}.",
    "Correct the file, or move it away to start with defaults.",
  ),
  E113: spec("Insecure file", "{path} is refused: {reason}.", "Run: chmod 600 {path}"),
  E114: spec("Unknown command", "There is no command {name}.{suggestion}", "Run: pm --help", 404, 2),
  E115: spec("Invalid arguments", "{reason}", "Run: pm {command} --help", 400, 2),
  E116: spec("Unreadable input", "{path} can't be read: {reason}.", "Check the path.", 400, 2),
  E117: spec(
    "Invalid namespace",
    "{value} is no namespace.",
    "Use lower-case letters, digits and dashes, at most 48, starting with a letter or digit.",
    400,
    2,
  ),
  E118: spec("Node too old", "Node {found} is too old.", "Install Node 20.19 or newer."),
  E119: spec(
    "Unexpected file system error",
    "{path}: {reason}.",
    "Check that path, then run the same command again.",
  ),
  E120: spec(
    "Unsupported file name",
    "{path} has a name that is not UTF-8.",
    "Rename it, or have it ignored by .gitignore.",
  ),
  E121: spec(
    "Unexpected failure",
    "{reason}",
    "This is a defect of pm; please report it with what PM_DEBUG=1 prints.",
    500,
  ),
  E122: spec("Wrong kind of file", "{path} is not a {expected}.", "Move it away, then run: pm init"),
  E123: spec(
    "Home folder unusable",
    "pm's home folder {path} can't be used: {reason}.",
    "Fix its permissions, or set PM_HOME to a folder of your own.",
  ),
  E124: spec(
    "No project",
    "{path} is {what}: all of it would be copied and shown to agents.",
    "Give --project the folder of one project.",
  ),
  E125: spec(
    "Result too large",
    "{what} is {size}, more than the {limit} that a result may hold.",
    "Have it ignored by .gitignore, or reword the task so that it is not made.",
    422,
  ),
  E126: spec(
    "git does not end",
    "git {command} on {path} did not end within {minutes} minutes and was stopped.",
    "Look for a file system that does not answer, or for files of enormous size, then run the same command again.",
  ),
  E127: spec(
    "Home folder in the project",
    "pm's home folder {path} lies in the project {project}: it holds keys, and all of a project is shown to agents.",
    "Set PM_HOME to a folder outside the project, and move what is in the old one there.",
  ),
} as const;
