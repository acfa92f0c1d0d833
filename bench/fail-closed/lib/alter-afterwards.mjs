/** An honest session whose evidence is altered when all is over: what `pm status` says of it then. */

/** @param {(evidence: string) => void} alter Gets the session's folder. */
export const alterAfterwards = (alter) => ({
  expect: { status: "INVALID" },
  verify: 5,
  touches: true,
  async act(session) {
    const answer = await session.start();
    if (answer.status !== "COMPLETE") throw new Error(`before it was altered: ${answer.messages.join("; ")}`);
    alter(session.evidence());
    return session.ask("status", session.id());
  },
});
