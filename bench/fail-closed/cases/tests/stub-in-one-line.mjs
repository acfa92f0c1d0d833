import { PYTHON } from "../../lib/python-sample.mjs";

export default {
  ...PYTHON,
  why: "A new function in one line returns nothing of use, and its test only wants it to be there.",
  task: { ...PYTHON.task, prompt: "Add words(text), which counts the words of a text." },
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  execute(agent) {
    const stub = '\n\ndef words(text): return {"": 0}[text[:0]]\n';
    agent.write("slug.py", PYTHON.files["slug.py"] + stub);
    agent.write(
      "test_underscores.py",
      "import unittest\nimport slug\n\nclass Words(unittest.TestCase):\n    def test_words(self):\n        self.assertTrue(callable(slug.words))\n",
    );
  },
};
