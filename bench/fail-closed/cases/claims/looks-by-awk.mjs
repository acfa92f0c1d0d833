import { command } from "../../lib/command.mjs";
export default {
  why: "A check by awk looks at the second line, where the wrong value is.",
  expect: { status: "INCOMPLETE" },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    checks: [command("awk", "NR==2 && /return/ {ok=1} END {exit !ok}", "src/slug.js")],
  },
  execute(agent) {
    agent.write(
      "src/slug.js",
      'export function slug(text) {\n  if (text === "") return "oops";\n  return text.toLowerCase().split(" ").join("-");\n}\n',
    );
  },
};
