import { command } from "../../lib/command.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A behaviour check by node -e, and the agent adds a test as told.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    checks: [
      command(
        "node",
        "--input-type=module",
        "-e",
        "import { slug } from './src/slug.js'; process.exit(slug('') === '' ? 0 : 1)",
      ),
    ],
  },
  execute: doTheWork,
};
