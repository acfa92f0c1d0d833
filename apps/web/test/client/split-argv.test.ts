import fc from "fast-check";
import { expect, it } from "vitest";
import { splitArgv } from "../../src/client/inbox/split-argv.ts";
import { commandLine } from "../../src/client/ui/format.ts";

it("gives back every argv that was written as one types it", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 8 }), (argv) => {
      expect(splitArgv(commandLine(argv))).toEqual({ argv });
    }),
  );
});

it("takes quotes and backslashes as a shell does, and expands nothing", () => {
  expect(splitArgv(`npm test -- "a b" 'c $HOME' d\\ e *`)).toEqual({
    argv: ["npm", "test", "--", "a b", "c $HOME", "d e", "*"],
  });
});

it("says what is not closed", () => {
  expect(splitArgv('npm "test')).toEqual({ problem: 'A " is not closed.' });
  expect(splitArgv("npm \\")).toEqual({ problem: "It ends in a backslash." });
});
