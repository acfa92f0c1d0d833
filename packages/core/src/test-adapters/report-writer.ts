/** Name of the file that a runner leaves its report in, and of the key that it takes away first (A2). */
export const REPORT_FILE = "report.json";
export const KEY_FILE = "key";
export const WRITER_FILE = "writer.cjs";

/**
 * Writes reports from inside a JavaScript runner; constant text. What it uses is taken at once, when no code under test
 * has run that could put something else in its place. Without a key (a run inside a test, a second run of a script) it
 * stays silent.
 */
export const WRITER_SOURCE = `"use strict";
const { readFileSync, unlinkSync, writeFileSync } = require("node:fs");
const { join, relative, isAbsolute, sep } = require("node:path");
const { createHmac } = require("node:crypto");
const { stringify } = JSON;
const root = process.cwd();

exports.openReport = function openReport() {
  let key;
  try {
    key = readFileSync(join(__dirname, "${KEY_FILE}"));
    unlinkSync(join(__dirname, "${KEY_FILE}"));
  } catch {
    return null;
  }
  const tests = [];
  let ended = false;
  return {
    add(file, names, outcome) {
      const path = typeof file !== "string" ? "" : isAbsolute(file) ? relative(root, file) : file;
      tests[tests.length] = { file: path.split(sep).join("/"), name: names.join(" > "), outcome };
    },
    end() {
      if (ended) return;
      ended = true;
      const body = stringify({ tests });
      const mac = createHmac("sha256", key).update(body).digest("hex");
      writeFileSync(join(__dirname, "${REPORT_FILE}"), stringify({ body, mac }));
    },
  };
};
`;
