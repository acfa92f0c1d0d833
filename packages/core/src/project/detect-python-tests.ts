const CONFIG: readonly (readonly [string, RegExp])[] = [
  ["pytest.ini", /^/],
  ["pyproject.toml", /pytest/],
  ["setup.cfg", /pytest/],
  ["tox.ini", /pytest/],
  ["requirements.txt", /pytest/],
  ["requirements-dev.txt", /pytest/],
];
const TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/;
const SAMPLE = 20;

/**
 * @returns how to run the tree's Python tests: pytest, unless nothing mentions it and the tests are written for the
 * standard library's unittest; null where there is no test file.
 */
export async function detectPythonTests(
  tree: { readFile(path: string): Promise<string | null> },
  files: readonly string[],
): Promise<[string, ...string[]] | null> {
  const tests = files.filter((path) => TEST_FILE.test(path));
  if (tests.length === 0) return null;
  const pytest: [string, ...string[]] = ["python3", "-m", "pytest"];
  if (files.some((path) => /(?:^|\/)conftest\.py$/.test(path))) return pytest;
  for (const [path, mention] of CONFIG) {
    if (mention.test((await tree.readFile(path)) ?? "")) {
      if (files.includes(path)) return pytest;
    }
  }
  for (const path of tests.slice(0, SAMPLE)) {
    const text = (await tree.readFile(path)) ?? "";
    if (/\bpytest\b/.test(text) || !/^\s*(?:import|from) unittest\b/m.test(text)) return pytest;
  }
  return ["python3", "-m", "unittest", "discover", "-v", "-s", topFolder(tests)];
}

function topFolder(tests: readonly string[]): string {
  const tops = new Set(tests.map((path) => (path.includes("/") ? path.slice(0, path.indexOf("/")) : ".")));
  const [only] = tops;
  return tops.size === 1 && only !== undefined ? only : ".";
}
