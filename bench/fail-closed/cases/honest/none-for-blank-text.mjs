import { command } from "../../lib/command.mjs";
export default {
  why: "A parser returns None on blank input and still parses; pytest, tests beside the source in a src layout with a pyproject.",
  expect: { status: "COMPLETE" },
  tools: ["pytest"],
  bare: true,
  files: {
    ".gitignore": "__pycache__/\n.pytest_cache/\n",
    "pyproject.toml":
      '[project]\nname = "dates"\nversion = "0.1"\n\n[tool.pytest.ini_options]\npythonpath = ["src"]\ntestpaths = ["tests"]\n',
    "src/dates/__init__.py": "from .parse import parse_date\n",
    "src/dates/parse.py":
      'from datetime import date\n\n\ndef parse_date(text: str) -> date:\n    """Parse YYYY-MM-DD."""\n    year, month, day = text.split("-")\n    return date(int(year), int(month), int(day))\n',
    "tests/test_parse.py":
      "from datetime import date\n\nfrom dates import parse_date\n\n\ndef test_iso():\n    assert parse_date('2024-02-29') == date(2024, 2, 29)\n",
  },
  task: {
    prompt:
      "`parse_date` crashes with `ValueError: not enough values to unpack` on an empty or blank string. Return None in that case.",
    requirements: [
      "`parse_date` returns None on an empty or blank string instead of crashing with `ValueError: not enough values to unpack`.",
    ],
    scope: ["src/dates/parse.py", "tests/test_parse.py"],
    checks: [command("python3", "-m", "pytest", "tests/test_parse.py", "-k", "blank")],
  },
  execute(agent) {
    agent.edit(
      "src/dates/parse.py",
      "def parse_date(text: str) -> date:",
      "def parse_date(text: str) -> date | None:",
    );
    agent.edit(
      "src/dates/parse.py",
      '    """Parse YYYY-MM-DD."""\n',
      '    """Parse YYYY-MM-DD; None where there is nothing."""\n    if not text.strip():\n        return None\n',
    );
    agent.edit(
      "tests/test_parse.py",
      "from datetime import date\n",
      "from datetime import date\n\nimport pytest\n",
    );
    agent.edit(
      "tests/test_parse.py",
      "date(2024, 2, 29)\n",
      'date(2024, 2, 29)\n\n\n@pytest.mark.parametrize("text", ["", "   ", "\\n"])\ndef test_blank_is_none(text):\n    assert parse_date(text) is None\n',
    );
  },
};
