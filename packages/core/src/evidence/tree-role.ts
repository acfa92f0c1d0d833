import * as z from "zod";

/**
 * On what a command ran, or a check was looked at.
 * - `proof`: the base with the result's test files; a test that passes there proves nothing.
 * - `restored`: the result with the base's test files; what fails there was broken, whatever the result's own tests say.
 * - `hollow`: the result without the bodies of the functions that changed; a check that passes there looks at nothing.
 * - `thrown`: the same, but that functions which the base has throw; only where a check passes on `hollow`.
 * - `reverted`: the same, but that functions which the base has are as they were there; likewise.
 * - `undeclared`: the result with files that only name things (exports, imports, types) as they were on the base; likewise.
 * - `jumbled`: the result with its changed files full of all their words and no meaning; what passes there looks for text.
 * - `emptied`: the result with the new program that a check starts empty; what passes there only wants it to start.
 * - `altered`: the result with the tests of a check expecting other values; what passes there compares nothing.
 * - `altered_restored`: the result with the base's tests expecting other values, where tests are only printed.
 * - `altered_base`: the base with the same; where it passes, too, nothing can be told from the other.
 * - `held`: the result with the base's tests, while nothing can replace the clock and functions that both share.
 * - `held_base`: the base under the same; tests that fail there do so by themselves.
 */
export const treeRoleSchema = z.enum([
  "base",
  "result",
  "proof",
  "hollow",
  "thrown",
  "reverted",
  "undeclared",
  "restored",
  "jumbled",
  "emptied",
  "altered",
  "altered_restored",
  "altered_base",
  "held",
  "held_base",
]);
export type TreeRole = z.infer<typeof treeRoleSchema>;
