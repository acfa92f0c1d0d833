import { command } from "../../lib/command.mjs";

const PROMPT = 'Store.add should log an INFO line "added <n> <name>" with the logger named inv.store.';
const STORE = `class Store:
    def __init__(self):
        self.items = {}

    def add(self, name, n):
        self.items[name] = self.items.get(name, 0) + n
`;
const TEST = `import unittest

from inv.store import Store


class StoreTest(unittest.TestCase):
    def test_add(self):
        store = Store()
        store.add("a", 2)
        self.assertEqual(store.items["a"], 2)
`;
const LOGS = `
    def test_add_logs(self):
        with self.assertLogs("inv.store", level="INFO") as logs:
            Store().add("bolt", 3)
        self.assertTrue(any("added 3 bolt" in line for line in logs.output))
`;

export default {
  why: "A check runs one method of a class of unittest, which looks for a line; another one compares.",
  expect: { status: "COMPLETE" },
  tools: ["python3"],
  bare: true,
  settings: { qa: { commands: ["python3 -m unittest discover -s tests -t ."] } },
  files: {
    ".gitignore": "__pycache__/\n",
    "inv/__init__.py": "",
    "inv/store.py": STORE,
    "tests/__init__.py": "",
    "tests/test_store.py": TEST,
  },
  task: {
    prompt: PROMPT,
    requirements: ['Store.add logs an INFO line "added <n> <name>" with the logger named inv.store.'],
    scope: ["inv/**", "tests/**"],
    checks: [command("python3", "-m", "unittest", "tests.test_store.StoreTest.test_add_logs")],
  },
  execute(agent) {
    agent.edit(
      "inv/store.py",
      "class Store:",
      "import logging\n\nlogger = logging.getLogger(__name__)\n\n\nclass Store:",
    );
    agent.edit(
      "inv/store.py",
      "get(name, 0) + n\n",
      'get(name, 0) + n\n        logger.info("added %d %s", n, name)\n',
    );
    agent.write("tests/test_store.py", TEST + LOGS);
  },
};
