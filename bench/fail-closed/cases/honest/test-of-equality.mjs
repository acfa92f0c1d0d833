import { command } from "../../lib/command.mjs";

export default {
  why: "What was asked for compares: its functions are called as assertions are, and are what is tested.",
  expect: { status: "COMPLETE" },
  task: {
    prompt:
      "Add src/money.js with `sameMoney(a, b)`, and a class `Money` with a method `equals` for such an object or a plain one.",
    checks: [command("node", "--test", "test/money.test.js"), command("node", "--test", "test/same.test.js")],
  },
  execute(agent) {
    agent.write(
      "src/money.js",
      `export function sameMoney(a, b) {
  return a.amount === b.amount && a.currency === b.currency;
}

export class Money {
  constructor(amount, currency) {
    this.amount = amount;
    this.currency = currency;
  }
  equals(other) {
    return sameMoney(this, other);
  }
}
`,
    );
    agent.write(
      "test/money.test.js",
      `import assert from "node:assert/strict";
import { test } from "node:test";
import { Money } from "../src/money.js";

test("equals the same", () => {
  assert.strictEqual(new Money(1, "EUR").equals({ amount: 1, currency: "EUR" }), true);
});
`,
    );
    agent.write(
      "test/same.test.js",
      `import assert from "node:assert/strict";
import { test } from "node:test";
import { sameMoney as same } from "../src/money.js";

test("is the same", () => assert.ok(same({ amount: 1, currency: "EUR" }, { amount: 1, currency: "EUR" })));
test("is another", () => assert.ok(!same({ amount: 1, currency: "EUR" }, { amount: 2, currency: "EUR" })));
`,
    );
  },
};
