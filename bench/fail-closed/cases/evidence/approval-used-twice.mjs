export default {
  why: "An approval stands for one rerun: the same cheat again needs another one.",
  expect: { status: "INCOMPLETE", gates: ["qa"] },
  execute: (agent) => agent.write("src/slug.js", "export const slug = () => 1;\n"),
  async act(session) {
    const first = await session.start();
    await session.pm(["approve", first.id ?? ""]);
    const second = await session.ask("continue", first.id ?? "");
    if (second.status !== "INCOMPLETE") return second;
    const third = await session.ask("continue", first.id ?? "");
    if (!third.codes.includes("E205")) throw new Error(`pm continue says ${third.messages.join("; ")}`);
    return session.ask("status", first.id ?? "");
  },
};
