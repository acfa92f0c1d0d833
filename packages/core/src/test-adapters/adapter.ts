/**
 * Test adapters: how a test runner is made to say which tests it ran, in a report of `pm`'s own form, beside all that it
 * does anyway. What a runner prints can be printed by the code under test as well; the report can't, short of breaking
 * into the runner's own process.
 *
 * Invariants:
 * A1 nothing of what the command does changes: the same tests, exit code and output; where an adapter can't promise that
 *    (the project has reporters of its own that a further one would take the place of), it does not watch;
 * A2 the key that signs a report is taken away by the runner before any code under test runs, and used once: a report
 *    that tests, or another run inside them, write is not signed;
 * A3 a report says of itself that the run came to its end; one that was cut short is none;
 * A4 an id of a test is its file, relative to the project, and its full name: nothing in it depends on the checkout.
 */

/** What is added to a command, and the files that must lie in a folder of the run's own. */
export interface Additions {
  readonly env: Readonly<Record<string, string>>;
  /** Behind the runner's own arguments. */
  readonly args: readonly string[];
  /** By name, to be put into the run's folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** A runner as a command starts it. */
export interface StartedRunner {
  /** Its arguments, without the words that start it. */
  readonly args: readonly string[];
  /** Variables that the command sets for it. */
  readonly variables: readonly string[];
  /** Flags of the interpreter that starts it (`python -I`). */
  readonly flags: readonly string[];
}

export interface TestAdapter {
  /** The runner's name in evidence. */
  readonly runner: string;
  /** False: it only says more in what it prints, for runners that have no reporters of others. */
  readonly reports: boolean;
  /** @returns how many words of a command start the runner; 0 where it is another program. */
  starts(words: readonly string[]): number;
  /** Where the project may name reporters of its own: configuration files in its root, and what stands there then. */
  readonly ownReporters?: { readonly file: RegExp; readonly text: RegExp };
  /** @param dir the run's folder as the runner sees it. @returns null where it can't be watched (A1). */
  additions(started: StartedRunner, dir: string): Additions | null;
}

/** The last part of a path, without the ending of a Windows shim. */
export function programName(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1).replace(/\.(?:cmd|exe|[cm]?js)$/, "");
}

/** For a variable that Node or a shell-like parser takes apart at spaces. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
