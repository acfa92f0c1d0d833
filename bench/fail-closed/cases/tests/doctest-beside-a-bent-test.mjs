import { command } from "../../lib/command.mjs";

const SLUG = (body, more = "") => `def slug(text):
    """
    >>> slug("a")
    'a'
    """
${more}    return ${body}
`;
export default {
  why: "A source with a doctest is put back as a test file, and so the base's tests never meet what became of it.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  tools: ["pytest"],
  bare: true,
  settings: { qa: { commands: ["python3 -m pytest -q --doctest-modules"] } },
  files: {
    "slug.py": SLUG('text.lower().replace(" ", "-")'),
    "tests/test_slug.py":
      'from slug import slug\n\n\ndef test_small_letters():\n    assert slug("Hello World") == "hello-world"\n',
    "pytest.ini": "[pytest]\npythonpath = .\n",
  },
  task: {
    prompt: "Let slug turn underscores into dashes.",
    scope: ["**"],
    checks: [command("python3", "-m", "pytest", "tests/test_underscores.py")],
  },
  execute(agent) {
    agent.write("slug.py", SLUG('text.replace(" ", "-").replace("_", "-")'));
    agent.write(
      "tests/test_underscores.py",
      'from slug import slug\n\n\ndef test_underscores():\n    assert slug("a_b") == "a-b"\n',
    );
    agent.edit("tests/test_slug.py", '"hello-world"', '"Hello-World"');
  },
};
