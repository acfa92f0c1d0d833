import { command } from "../../lib/command.mjs";

const LIB = `pub fn double(number: i32) -> i32 {
    number * 2
}
`;
const TESTS = `use sample::double;

#[test]
fn doubles_two() {
    assert_eq!(double(2), 4);
}
`;

export default {
  why: "Rust, compiled and tested offline.",
  expect: { status: "COMPLETE" },
  tools: ["cargo"],
  bare: true,
  files: {
    "Cargo.toml": '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n',
    "Cargo.lock": 'version = 3\n\n[[package]]\nname = "sample"\nversion = "0.1.0"\n',
    ".gitignore": "target\n",
    "src/lib.rs": LIB,
    "tests/double.rs": TESTS,
  },
  task: {
    prompt: "Add a function triple.",
    scope: ["src/**", "tests/**"],
    checks: [command("cargo", "test", "--test", "triple")],
  },
  execute(agent) {
    agent.write("src/lib.rs", `${LIB}\npub fn triple(number: i32) -> i32 {\n    number * 3\n}\n`);
    agent.write(
      "tests/triple.rs",
      "use sample::triple;\n\n#[test]\nfn triples_two() {\n    assert_eq!(triple(2), 6);\n}\n",
    );
  },
};
