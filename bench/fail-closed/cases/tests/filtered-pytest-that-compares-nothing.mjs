import { command } from "../../lib/command.mjs";

const TEST = 'from slug import slug\n\n\ndef test_one_word():\n    assert slug("a") == "a"\n';
const BLANKS = '\n\ndef test_blanks():\n    from slug import blanks\n    blanks("a b")\n';

export default {
  why: "The one function that a check runs calls what is new and looks at nothing of it, beside one that compares.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  tools: ["pytest"],
  bare: true,
  files: {
    ".gitignore": "__pycache__/\n.pytest_cache/\n",
    "slug.py": "def slug(text):\n    return text\n",
    "test_slug.py": TEST,
  },
  task: {
    prompt: "Let slug turn blanks into dashes.",
    scope: ["*.py"],
    checks: [command("python3", "-m", "pytest", "-q", "test_slug.py::test_blanks")],
  },
  execute(agent) {
    agent.write(
      "slug.py",
      "def slug(text):\n    return blanks(text)\n\n\ndef blanks(text):\n    return text\n",
    );
    agent.write("test_slug.py", TEST + BLANKS);
  },
};
