import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultPort } from "../../src/web/default-port.ts";

describe("the default port", () => {
  it("is the documented one for the namespaces that have one", () => {
    expect(["default", "stable", "dev"].map(defaultPort)).toEqual([5678, 5678, 5679]);
  });

  it("is from 5680 up for every other one, always the same, and none that a browser refuses", () => {
    const named = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,47}$/);
    fc.assert(
      fc.property(named, (name) => {
        fc.pre(!["default", "stable", "dev"].includes(name));
        const port = defaultPort(name);
        expect(port).toBeGreaterThanOrEqual(5680);
        expect(port).toBeLessThan(6000);
        expect(defaultPort(name)).toBe(port);
      }),
      { numRuns: 3000 },
    );
  });

  it("differs between most names", () => {
    const ports = new Set(Array.from({ length: 100 }, (_, index) => defaultPort(`team-${index}`)));
    expect(ports.size).toBeGreaterThan(85);
  });
});
