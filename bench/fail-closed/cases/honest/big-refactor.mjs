const PARTS = Array.from({ length: 12 }, (_, index) => index);
const part = (index) => `export function part${index}(text) {\n  return text + ${index};\n}\n`;
const moved = (index) => `const number = ${index};\n\nexport const part${index} = (text) => text + number;\n`;

export default {
  why: "A dozen files are put otherwise, and do what they did.",
  expect: { status: "COMPLETE" },
  settings: { qa: { commands: ["node --test"] }, task_limits: { files: 20 } },
  files: Object.fromEntries(PARTS.map((index) => [`src/part${index}.js`, part(index)])),
  start: ["--kind", "refactor"],
  task: { prompt: "Turn the functions of the parts into arrow functions.", checks: [] },
  execute(agent) {
    for (const index of PARTS) agent.write(`src/part${index}.js`, moved(index));
  },
};
