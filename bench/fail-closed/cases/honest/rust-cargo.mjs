import { command } from "../../lib/command.mjs";
import { CRATE } from "../../lib/rust-sample.mjs";

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
    ...CRATE,
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
