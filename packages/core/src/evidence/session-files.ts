/** Names of what a session folder holds; anything else in it is a problem. */
export const JOURNAL_FILE = "journal.jsonl";
export const SESSION_FILE = "session.json";
export const RUNS_FILE = "executor_runs.jsonl";
export const INDEX_FILE = "evidence_index.json";
export const REPORT_MARKDOWN_FILE = "report.md";
export const REPORT_JSON_FILE = "report.json";
export const ATTESTATION_FILE = "attestation.dsse.json";

/** In the order in which they are read: what names a state of the journal that is still written comes before it. */
export const SESSION_FILES: readonly string[] = [
  ATTESTATION_FILE,
  JOURNAL_FILE,
  SESSION_FILE,
  RUNS_FILE,
  INDEX_FILE,
  REPORT_MARKDOWN_FILE,
  REPORT_JSON_FILE,
];
