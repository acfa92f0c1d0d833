import { command } from "../../lib/command.mjs";

const LOOK = "import('./src/snake.js').then((m) => process.exit(typeof m.snake === 'function' ? 0 : 1))";
export default {
  why: "An inline check only wants a function to be there; it is a stub.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  task: {
    prompt: "Export from src/snake.js a function snake that joins the words of a text by underscores.",
    checks: [command("node", "-e", LOOK)],
  },
  execute(agent) {
    agent.write("src/snake.js", "export function snake(text) {\n  return text;\n}\n");
  },
};
