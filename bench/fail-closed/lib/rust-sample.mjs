/** A small crate that keeps its tests beside what they test: `slug("")` is a dash, and is asked to be nothing. */

import { command } from "./command.mjs";

const BODY = `    if text.is_empty() {
        return String::from("-");
    }
    text.to_lowercase().split(' ').collect::<Vec<_>>().join("-")`;

/** Does what was asked. */
export const FIXED_BODY = `    text.to_lowercase().split(' ').collect::<Vec<_>>().join("-")`;

export const OLD_TEST = inTest("joins_words", `assert_eq!(slug("Hello World"), "hello-world");`);
export const EMPTY_TEST = inTest("empty_slug", `assert_eq!(slug(""), "");`);

/** @param {string} name @param {string} body */
export function inTest(name, body) {
  return `    #[test]\n    fn ${name}() {\n        ${body}\n    }\n`;
}

/** `src/lib.rs`. @param {{ body?: string, more?: string, tests?: readonly string[] }} parts */
export const rustLib = ({ body = BODY, more = "", tests = [OLD_TEST] } = {}) =>
  `pub fn slug(text: &str) -> String {\n${body}\n}\n${more}
#[cfg(test)]
mod tests {
    use super::*;

${tests.join("\n")}}
`;

/** A crate without sources. */
export const CRATE = {
  "Cargo.toml": '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n',
  "Cargo.lock": 'version = 3\n\n[[package]]\nname = "sample"\nversion = "0.1.0"\n',
  ".gitignore": "target\n",
};

/** What cases in Rust have in common. */
export const RUST = { tools: ["cargo"], bare: true, files: { ...CRATE, "src/lib.rs": rustLib() } };

/** @param {...object} checks */
export const rustTask = (...checks) => ({
  prompt: "Make `slug` return an empty string for an empty string.",
  scope: ["src/**"],
  checks,
});

/** A task whose function is only there: `snake` gives back what it is given. */
export const SNAKE_STUB = "\npub fn snake(text: &str) -> String {\n    text.to_string()\n}\n";

/** Wants `snake` to be there, and no more. */
export const SNAKE_IS_THERE = inTest("snake_is_there", "let _: fn(&str) -> String = snake;");

export const SNAKE_TASK = {
  prompt: "Export a function snake that joins the words of a text by underscores.",
  scope: ["src/**"],
  checks: [command("cargo", "test", "snake")],
};

/** @param {object} agent @param {string} test of `snake` @param {string} before what stands before the stub */
export const writeSnake = (agent, test, before = "") =>
  agent.write("src/lib.rs", rustLib({ more: before + SNAKE_STUB, tests: [OLD_TEST, test] }));
