const WORDS = 'export const words = (text) => text.split(" ");\n';
const SLUG = `import { words } from "./words.js";

export function slug(text) {
  return words(text.toLowerCase()).join("-");
}
`;

export default {
  why: "A real rename: the base's tests hold on the result.",
  expect: { status: "COMPLETE" },
  files: { "src/words.js": WORDS, "src/slug.js": SLUG },
  start: ["--kind", "refactor"],
  task: { prompt: "Rename src/words.js to src/split.js.", checks: [] },
  execute(agent) {
    agent.write("src/split.js", WORDS);
    agent.remove("src/words.js");
    agent.edit("src/slug.js", "./words.js", "./split.js");
  },
};
