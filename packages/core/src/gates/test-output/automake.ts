import { countOutcomes, type TestOutcome, type TestOutputParser } from "./parsed-tests.ts";

const RESULT = /^(PASS|FAIL|SKIP|XFAIL|XPASS|ERROR): (\S.*)$/;
const OUTCOMES: Readonly<Record<string, TestOutcome>> = {
  ...{ PASS: "passed", XFAIL: "passed", FAIL: "failed", XPASS: "failed", ERROR: "failed", SKIP: "skipped" },
};

/**
 * What `make check` of Automake prints, DejaGnu, and scripts of people who know these: a word and a name. Where nothing
 * passed it is not known: unittest says FAIL and ERROR so, too.
 */
export const parseAutomake: TestOutputParser = (lines) => {
  const tests = lines.flatMap((line) => {
    const [, word = "", name = ""] = RESULT.exec(line) ?? [];
    const outcome = OUTCOMES[word];
    return outcome ? [{ name: name.trim(), outcome }] : [];
  });
  return tests.every(({ outcome }) => outcome !== "passed") ? null : { counts: countOutcomes(tests), tests };
};
