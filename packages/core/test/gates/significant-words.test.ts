import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverageGate } from "../../src/gates/coverage.ts";
import { evidence } from "./build-evidence.ts";

const isSilent = (prompt: string, ...statements: string[]) => {
  const requirements = statements.map((statement, index) => ({
    id: `R${index + 1}`,
    statement,
    acceptance: "seen",
  }));
  return (
    coverageGate.evaluate(evidence({ prompt, requirements: { kind: "change", requirements } })).length === 0
  );
};

describe("a requirement turns an item round", () => {
  it.each([
    ["- Slug must never trim blanks", "Slug must trim blanks"],
    ["- Slug must not trim blanks", "Slug must trim blanks"],
    ["- Don't trim blanks", "Trim blanks"],
    ["- Don’t trim blanks", "Trim blanks"],
    ["- Slug cannot contain blanks", "Slug can contain blanks"],
    ["- Sort without changing the input array", "Sort, changing the input array"],
    ["- No network access in tests", "Network access in tests"],
    ["- Slug must never trim blanks", "Slug must trim blanks; it does not throw"],
    ["- Slug must never ignore case", "Slug must ignore case"],
    ["- Slug doesn't keep umlauts", "Slug keeps umlauts"],
    ["- Only admins delete posts", "Admins delete posts"],
    ["- Delete all files except logs", "Delete all files and logs"],
    ["- Delete all files other than logs", "Delete all files and logs"],
    ["- Ask the person unless --yes is given", "Ask the person; --yes is given"],
    ["- Retry until the server answers", "Retry; the server answers"],
    ["- Validate the form before saving", "Validate the form after saving"],
    ["- Warn above 80 letters", "Warn below 80 letters"],
    ["- Turn the cache off", "Turn the cache on"],
    ["Fix the bug:\n- Slug must not trim blanks", "Slug must trim blanks"],
    ["Fix the bug:\n- Do not trim blanks", "Trim blanks"],
    ["Fix the bug:\n- Cut slugs. Do not trim blanks", "Cut slugs. Trim blanks"],
    ["Add fixtures:\n- No blanks at the end", "Blanks at the end"],
  ])("where %j becomes %j", (prompt, statement) => expect(isSilent(prompt, statement)).toBe(false));
});

describe("a requirement may put it in other words", () => {
  it.each([
    ["- Slug must not trim blanks", "Slug never trims blanks"],
    ["- Slug must not trim blanks", "Slug doesn't trim blanks"],
    ["- Slug must never trim blanks", "Slug refuses to trim blanks"],
    ["- Slug must never trim, pad or change blanks", "Blanks are not changed, padded or trimmed by slug"],
    ["- Don't change the public API", "The public API stays the same"],
    ["- Sort without changing the input array", "It sorts; the input array is unchanged"],
    ["- No new dependencies", "New dependencies are not added"],
    ["- Must not be empty", "It is non-empty"],
    ["- Must not accept negative numbers", "Accepting negative numbers is an error"],
    ["- Only admins delete posts", "Posts are deleted by admins alone"],
    ["- Only admins delete posts", "Posts of others: nobody but admins may delete posts"],
    ["- Delete all files other than logs", "All files but logs are deleted"],
    ["- Ask the person unless --yes is given", "If --yes is not given, the person is asked"],
    ["- Retry until the server answers", "It retries as long as the server gives no answer; it answers"],
    ["- Validate the form before saving", "Before saving, the form is validated"],
    ["- Validate the form before saving", "The form is validated before, and logged after, saving"],
    ["- Not only trim but also fold blanks", "Trim and fold blanks"],
    ["- Say whether or not blanks stay", "It says whether blanks stay"],
    ["- It does not matter how many blanks there are", "How many blanks there are may matter to nobody"],
    ["- A config is not needed", "It runs with a config, too"],
    ["- Nothing else", "The rest stays"],
    ["- Warn above 80 letters", "Warn over 80 letters", "Write below the line"],
  ])("%j as %j", (prompt, ...statements) => expect(isSilent(prompt, ...statements)).toBe(true));

  it.each([
    ["Fix these bugs:\n- Users can't log in", "Users can log in"],
    ["Fix:\n- The button does not respond on mobile", "The button responds on mobile"],
    ["These are broken:\n- The callback is never called", "The callback is called"],
    ["Fix this issue:\n- No output is printed on mobile", "Output is printed on mobile"],
    ["Fix this issue:\n- This only happens on mobile", "It happens on mobile and elsewhere"],
  ])("and says of %j, which describes a bug, %j", (prompt, statement) =>
    expect(isSilent(prompt, statement)).toBe(true),
  );
});

it("an item repeated word for word keeps its sense, whatever it says", () => {
  const words =
    "not no never only unless until before after on off trim blanks slug don't without . ; and or".split(" ");
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 15 }), (chosen) => {
      const item = `say ${chosen.join(" ")}`;
      expect(isSilent(`- ${item}`, item)).toBe(true);
      expect(isSilent(`Fix this:\n- ${item}`, item, "Another requirement, trim only after slug")).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
