/** A file of tests for `node --test`. @param {string} imports further imports @param {...string} tests */
export const nodeTests = (imports, ...tests) => `import assert from "node:assert/strict";
import { test } from "node:test";
${imports}

${tests.join("\n")}
`;
