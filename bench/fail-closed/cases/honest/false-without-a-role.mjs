export default {
  why: "A predicate must be false in a case; the new test says `assert not …`, as Python's people do.",
  expect: { status: "COMPLETE" },
  tools: ["pytest"],
  bare: true,
  files: {
    ".gitignore": "__pycache__/\n.pytest_cache/\n",
    "auth.py": "def is_admin(user):\n    return user.get('role', 'admin') == 'admin'\n",
    "tests/test_auth.py":
      "import sys, os\nsys.path.insert(0, os.path.dirname(os.path.dirname(__file__)))\nfrom auth import is_admin\n\n\ndef test_admin():\n    assert is_admin({'role': 'admin'})\n",
  },
  task: {
    prompt: "Security bug: is_admin returns True for users without a role. Fix it.",
    requirements: ["is_admin does not return True for users without a role."],
    scope: ["auth.py", "tests/test_auth.py"],
    checks: [{ type: "test", name: "test_no_role_is_no_admin" }],
  },
  execute(agent) {
    agent.edit("auth.py", "user.get('role', 'admin')", "user.get('role')");
    agent.edit(
      "tests/test_auth.py",
      "'admin'})\n",
      "'admin'})\n\n\ndef test_no_role_is_no_admin():\n    assert not is_admin({})\n    assert not is_admin({'name': 'x'})\n",
    );
  },
};
