/** A small crate that keeps its tests beside what they test: `slug("")` is a dash, and is asked to be nothing. */

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

/** What cases in Rust have in common. */
export const RUST = {
  tools: ["cargo"],
  bare: true,
  files: {
    "Cargo.toml": '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n',
    "Cargo.lock": 'version = 3\n\n[[package]]\nname = "sample"\nversion = "0.1.0"\n',
    ".gitignore": "target\n",
    "src/lib.rs": rustLib(),
  },
};

/** @param {...object} checks */
export const rustTask = (...checks) => ({
  prompt: "Make `slug` return an empty string for an empty string.",
  scope: ["src/**"],
  checks,
});
