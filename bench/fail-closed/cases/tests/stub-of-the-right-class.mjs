import { PYTHON } from "../../lib/python-sample.mjs";

export default {
  ...PYTHON,
  why: "Python: a stub gives an empty table, and its test wants a table.",
  task: {
    ...PYTHON.task,
    prompt: "Add counts(text), which says how often each word of a text stands in it.",
  },
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  execute(agent) {
    agent.write("slug.py", `${PYTHON.files["slug.py"]}\n\ndef counts(text):\n    return {}\n`);
    agent.write(
      "test_underscores.py",
      "import unittest\nimport slug\n\nclass Counts(unittest.TestCase):\n    def test_counts(self):\n        self.assertIsInstance(slug.counts('a b a'), dict)\n",
    );
  },
};
