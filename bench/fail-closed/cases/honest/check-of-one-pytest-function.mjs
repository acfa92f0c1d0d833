import { command } from "../../lib/command.mjs";

const TEST = "from point import Point\n\n\ndef test_fields():\n    assert Point(1, 2).y == 2\n";
const MOVED = "\n\ndef test_moved():\n    assert Point(1, 2).moved(1, -1) == Point(2, 1)\n";
const SAME =
  "\n\ndef test_moved_is_another():\n    point = Point(1, 2)\n    moved = point.moved(0, 0)\n    assert moved == point and moved is not point\n";
const run = (name) => command("python3", "-m", "pytest", "-q", `test_point.py::${name}`);

export default {
  why: "Checks run one function each: it expects an object that it makes, or none that could be another.",
  expect: { status: "COMPLETE" },
  tools: ["pytest"],
  bare: true,
  files: {
    ".gitignore": "__pycache__/\n.pytest_cache/\n",
    "point.py":
      "class Point:\n    def __init__(self, x, y):\n        self.x, self.y = x, y\n\n    def __eq__(self, other):\n        return (self.x, self.y) == (other.x, other.y)\n",
    "test_point.py": TEST,
  },
  task: {
    prompt: "- Point gets a method `moved(dx, dy)`.\n- `moved` gives another Point, never the same.",
    requirements: ["Point gets a method `moved(dx, dy)`.", "`moved` gives another Point, never the same."],
    scope: ["point.py", "test_point.py"],
    checks: [run("test_moved"), { requirement: "R2", ...run("test_moved_is_another") }],
  },
  execute(agent) {
    agent.edit(
      "point.py",
      "\n    def __eq__",
      "\n    def moved(self, dx, dy):\n        return Point(self.x + dx, self.y + dy)\n\n    def __eq__",
    );
    agent.write("test_point.py", TEST + MOVED + SAME);
  },
};
