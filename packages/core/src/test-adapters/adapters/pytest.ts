import { programName, type TestAdapter } from "../adapter.ts";
import { KEY_FILE, REPORT_FILE } from "../report-writer.ts";

const PLUGIN = "pm_test_report";

/** The same as the JavaScript writer. Tests run in the same process; workers of pytest-xdist find no key and stay silent. */
const PLUGIN_SOURCE = `import hashlib
import hmac
import json
import os

import pytest


def _open():
    here = os.path.dirname(os.path.abspath(__file__))
    path = os.path.join(here, "${KEY_FILE}")
    try:
        with open(path, "rb") as file:
            key = file.read()
        os.unlink(path)
    except OSError:
        return None
    outcomes = {}
    dumps, digest, sha256, write, join = json.dumps, hmac.new, hashlib.sha256, open, os.path.join
    rank = {"skipped": 0, "passed": 1, "failed": 2}

    class Report:
        def pytest_runtest_logreport(self, report):
            if getattr(report, "outcome", "") not in rank:
                return
            expected = hasattr(report, "wasxfail") and report.outcome == "skipped"
            if report.when != "call" and report.outcome == "passed" and not expected:
                return
            before = outcomes.get(report.nodeid)
            if before is None or rank[before] <= rank[report.outcome]:
                outcomes[report.nodeid] = report.outcome

        def pytest_collectreport(self, report):
            if report.failed:
                outcomes[report.nodeid] = "failed"

        @pytest.hookimpl(trylast=True)
        def pytest_sessionfinish(self):
            tests = []
            for nodeid, outcome in outcomes.items():
                file, _, name = nodeid.partition("::")
                tests.append({"file": file, "name": name.replace("::", " > "), "outcome": outcome})
            body = dumps({"tests": tests})
            mac = digest(key, body.encode(), sha256).hexdigest()
            with write(join(here, "${REPORT_FILE}"), "w", encoding="utf-8") as file:
                file.write(dumps({"body": body, "mac": mac}))

    return Report()


def pytest_configure(config):
    report = _open()
    if report is not None:
        config.pluginmanager.register(report, "pm-test-report")
`;

/** pytest, also as a module of Python. The plugin comes by the environment, so it does not matter how it is called. */
export const pytestAdapter: TestAdapter = {
  runner: "pytest",
  reports: true,
  starts(words) {
    if (/^(?:pytest|py\.test)$/.test(programName(words[0] ?? ""))) return 1;
    if (!/^(?:python|pypy)[\d.]*$/.test(programName(words[0] ?? ""))) return 0;
    const module = words.indexOf("-m");
    return module > 0 && /^(?:pytest|py\.test)$/.test(words[module + 1] ?? "") ? module + 2 : 0;
  },
  additions({ args, variables, flags }, dir) {
    const taken = variables.some((name) => /^(?:PYTEST_ADDOPTS|PYTHONPATH)$/.test(name));
    // With these, Python does not look at PYTHONPATH, and pytest would not find the plugin.
    const deaf = flags.some((flag) => /^-[a-zA-Z]*[IE]/.test(flag));
    if (taken || deaf || args.includes("--collect-only")) return null;
    return {
      env: { PYTEST_ADDOPTS: `-p ${PLUGIN}`, PYTHONPATH: dir },
      args: [],
      files: { [`${PLUGIN}.py`]: PLUGIN_SOURCE },
    };
  },
};
