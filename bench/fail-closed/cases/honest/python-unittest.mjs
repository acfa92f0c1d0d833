import { command } from "../../lib/command.mjs";

const BLANKS = `import unittest
from slug import slug

class Blanks(unittest.TestCase):
    def test_blanks_become_dashes(self):
        self.assertEqual(slug("a b"), "a-b")
`;

export default {
  why: "Python, with the tests of its standard library.",
  expect: { status: "COMPLETE" },
  tools: ["python3"],
  bare: true,
  files: {
    "slug.py": "def slug(text):\n    return text\n",
    "test_slug.py": BLANKS.replace("blanks_become_dashes", "one_word")
      .replace('"a b"', '"a"')
      .replace('"a-b"', '"a"'),
  },
  task: {
    prompt: "Let slug turn blanks into dashes.",
    scope: ["*.py"],
    checks: [command("python3", "-m", "unittest", "-v", "test_blanks")],
  },
  execute(agent) {
    agent.write("slug.py", 'def slug(text):\n    return text.replace(" ", "-")\n');
    agent.write("test_blanks.py", BLANKS);
  },
};
