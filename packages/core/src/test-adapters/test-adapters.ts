import type { TestAdapter } from "./adapter.ts";
import { goTestAdapter } from "./adapters/go-test.ts";
import { jestAdapter } from "./adapters/jest.ts";
import { mochaAdapter } from "./adapters/mocha.ts";
import { nodeTestAdapter } from "./adapters/node-test.ts";
import { pytestAdapter } from "./adapters/pytest.ts";
import { vitestAdapter } from "./adapters/vitest.ts";

/** `cargo test` has none: it names every test in what it prints, and takes no reporter of others. */
export const TEST_ADAPTERS: readonly TestAdapter[] = [
  nodeTestAdapter,
  vitestAdapter,
  jestAdapter,
  mochaAdapter,
  pytestAdapter,
  goTestAdapter,
];
