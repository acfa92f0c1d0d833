import { command } from "../../lib/command.mjs";

const test = (name, given, wanted) => `import unittest
from slug import slug


class Slug(unittest.TestCase):
    def test_${name}(self):
        self.assertEqual(slug("${given}"), "${wanted}")
`;

export default {
  why: "The agent runs the tests, and nothing says that what Python leaves is to be ignored.",
  expect: { status: "COMPLETE" },
  tools: ["python3"],
  bare: true,
  files: { "slug.py": "def slug(text):\n    return text\n", "test_slug.py": test("one", "a", "a") },
  task: {
    prompt: "Let slug turn blanks into dashes.",
    scope: ["slug.py", "test_blanks.py"],
    checks: [command("python3", "-m", "unittest", "-v", "test_blanks")],
  },
  execute(agent) {
    agent.write("slug.py", 'def slug(text):\n    return text.replace(" ", "-")\n');
    agent.write("test_blanks.py", test("blanks", "a b", "a-b"));
    agent.run("python3", "-m", "unittest");
    agent.run("python3", "-m", "compileall", "-q", ".");
  },
};
