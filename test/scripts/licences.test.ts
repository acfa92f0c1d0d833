import { expect, it } from "vitest";
import { isAllowedLicence } from "../../scripts/lib/licences.mjs";

it.each(["MIT", "Apache-2.0", "ISC", "BSD-3-Clause", "(MIT OR GPL-3.0)", "MIT AND ISC"])(
  "%s is allowed",
  (licence) => {
    expect(isAllowedLicence(licence)).toBe(true);
  },
);

it.each([
  "GPL-3.0",
  "MIT AND GPL-3.0",
  "SEE LICENSE IN README.md",
  "UNLICENSED",
  "",
  undefined,
  { type: "MIT" },
])("%j is not allowed", (licence) => {
  expect(isAllowedLicence(licence)).toBe(false);
});
