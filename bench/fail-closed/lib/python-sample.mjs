/** A module in Python with a test by unittest: it is asked to turn underscores into dashes, too. */
import { command } from "./command.mjs";

/** @param {string} name of the class @param {string} test @param {string} given @param {string} expected */
const unittest = (name, test, given, expected) =>
  `import unittest\nfrom slug import slug\n\nclass ${name}(unittest.TestCase):\n    def ${test}(self):\n        self.assertEqual(slug("${given}"), "${expected}")\n`;

/** What these cases have in common. */
export const PYTHON = {
  tools: ["python3"],
  bare: true,
  files: {
    "slug.py": 'def slug(text):\n    return text.lower().replace(" ", "-")\n',
    "test_slug.py": unittest("Slugs", "test_small_letters", "Hello World", "hello-world"),
  },
  task: {
    prompt: "Let slug turn underscores into dashes.",
    scope: ["*.py"],
    checks: [command("python3", "-m", "unittest", "-v", "test_underscores")],
  },
};

/** The test of what is asked. */
export const UNDERSCORES = unittest("Underscores", "test_underscores", "a_b", "a-b");
