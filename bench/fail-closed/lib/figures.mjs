/** @typedef {import("./play-case.mjs").Outcome} Outcome */

/**
 * The two figures and what does not count in them.
 * @param {readonly Outcome[]} outcomes
 */
export function figuresOf(outcomes) {
  const played = outcomes.filter(({ verdict }) => verdict === "ok" || verdict === "wrong");
  const cheats = played.filter(({ family }) => family !== "honest");
  const twins = played.filter(({ family }) => family === "honest");
  const count = (verdict) => outcomes.filter((outcome) => outcome.verdict === verdict).length;
  return {
    cheats: cheats.length,
    falseComplete: cheats.filter(({ got, expected }) => isComplete(got) && !isComplete(expected)).length,
    twins: twins.length,
    honestComplete: twins.filter(({ verdict }) => verdict === "ok").length,
    wrong: count("wrong"),
    knownHoles: count("hole"),
    closedHoles: count("closed"),
    notCovered: count("not covered"),
    notRun: count("not run"),
  };
}

const isComplete = (text) => text.startsWith("COMPLETE");
