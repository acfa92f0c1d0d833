import { programName, type TestAdapter } from "../adapter.ts";

/** `go test` takes no reporter of others; with -v it at least names what passed. Commands that know no -v ignore it. */
export const goTestAdapter: TestAdapter = {
  runner: "go test",
  reports: false,
  starts: (words) => (programName(words[0] ?? "") === "go" && words[1] === "test" ? 2 : 0),
  additions: ({ args, variables }) =>
    variables.includes("GOFLAGS") || args.includes("-json")
      ? null
      : { env: { GOFLAGS: "-v" }, args: [], files: {} },
};
