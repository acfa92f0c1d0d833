import { command } from "../../lib/command.mjs";

const TEST = (name, body) => `import unittest
from people import Person

class ${name}(unittest.TestCase):
    def test_it(self):
        ${body}
`;

export default {
  why: "Python: a new field that is None unless it is given; the test says just that.",
  expect: { status: "COMPLETE" },
  tools: ["python3"],
  bare: true,
  files: {
    "people.py": "from dataclasses import dataclass\n\n\n@dataclass\nclass Person:\n    name: str\n",
    "test_people.py": TEST("Names", 'self.assertEqual(Person("Ada").name, "Ada")'),
  },
  task: {
    prompt: "Give Person an optional email, None by default.",
    scope: ["*.py"],
    checks: [command("python3", "-m", "unittest", "-v", "test_email")],
  },
  execute(agent) {
    agent.edit("people.py", "    name: str\n", "    name: str\n    email: str | None = None\n");
    agent.write("test_email.py", TEST("Emails", 'self.assertIsNone(Person("Ada").email)'));
  },
};
