import { command } from "../../lib/command.mjs";

export default {
  why: "Python, with pytest and its config.",
  expect: { status: "COMPLETE" },
  tools: ["pytest"],
  bare: true,
  files: {
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "-v"\n',
    ".gitignore": "__pycache__\n.pytest_cache\n",
    "slug.py": "def slug(text):\n    return text\n",
    "tests/test_slug.py": 'from slug import slug\n\ndef test_one_word():\n    assert slug("a") == "a"\n',
  },
  task: {
    prompt: "Let slug turn blanks into dashes.",
    scope: ["**/*.py"],
    checks: [command("python3", "-m", "pytest", "-q", "tests/test_blanks.py")],
  },
  execute(agent) {
    agent.write("slug.py", 'def slug(text):\n    return text.replace(" ", "-")\n');
    agent.write(
      "tests/test_blanks.py",
      'from slug import slug\n\ndef test_blanks():\n    assert slug("a b") == "a-b"\n',
    );
  },
};
