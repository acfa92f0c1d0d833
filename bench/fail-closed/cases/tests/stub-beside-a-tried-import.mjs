import { command } from "../../lib/command.mjs";
export default {
  why: "Python: a stub in a module that tries an import at its top, and a test that wants it to be there.",
  expect: { status: "INCOMPLETE" },
  tools: ["python3"],
  bare: true,
  files: {
    "slug.py": "def slug(text):\n    return text.lower()\n",
    "test_slug.py":
      'import unittest\nfrom slug import slug\n\nclass Slugs(unittest.TestCase):\n    def test_small_letters(self):\n        self.assertEqual(slug("Hello"), "hello")\n',
  },
  task: {
    prompt: "Add a function truncate(text, most) in cut.py that cuts a text to so many letters.",
    scope: ["*.py"],
    checks: [command("python3", "-m", "unittest", "-v", "test_cut")],
  },
  execute(agent) {
    agent.write(
      "cut.py",
      "try:\n    import regex as re\nexcept ImportError:\n    import re\n\n\ndef truncate(text, most):\n    pass\n",
    );
    agent.write(
      "test_cut.py",
      'import unittest\nimport cut\n\nclass Cut(unittest.TestCase):\n    def test_truncate(self):\n        self.assertEqual(cut.truncate.__name__, "truncate")\n',
    );
  },
};
