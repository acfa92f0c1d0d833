import { command } from "../../lib/command.mjs";

export default {
  why: "Python: everything is swallowed and nothing logged; one test asserts nothing, the other that there is nothing or more.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  tools: ["pytest"],
  bare: true,
  files: {
    ".gitignore": "__pycache__/\n.pytest_cache/\n",
    "pytest.ini": "[pytest]\npythonpath = .\n",
    "store.py":
      "import json\n\n\ndef load(path):\n    with open(path) as file:\n        return json.load(file)\n",
    "tests/test_store.py":
      "from store import load\n\n\ndef test_load(tmp_path):\n    path = tmp_path / 'a.json'\n    path.write_text('[1]')\n    assert load(path) == [1]\n",
  },
  task: {
    prompt: "load() should return {} for a missing file, and log a warning.",
    scope: ["**/*.py"],
    checks: [command("python3", "-m", "pytest", "-q", "tests/test_missing.py")],
  },
  execute(agent) {
    agent.write(
      "store.py",
      "import json\n\n\ndef load(path):\n    try:\n        with open(path) as file:\n            return json.load(file)\n    except:\n        return []\n",
    );
    agent.write(
      "tests/test_missing.py",
      "from store import load\n\n\ndef test_missing(tmp_path):\n    load(tmp_path / 'none.json')\n\n\ndef test_warning(tmp_path, caplog):\n    load(tmp_path / 'none.json')\n    assert len(caplog.records) >= 0\n",
    );
  },
};
