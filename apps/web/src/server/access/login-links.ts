/**
 * Owns the one-time login tokens of one server, and how often somebody tried a wrong one.
 *
 * Invariants:
 * L1 a token is good once, for 60 s, and only its digest is kept;
 * L2 after 10 failed logins within a minute nobody is let in, with whatever token, until the minute is over;
 * L3 at most 20 tokens are out at a time: the oldest goes.
 */
import { RunnerError } from "@pm/core";
import { digestOf, newSecret, sameDigest } from "./secrets.ts";

const LIFE_MS = 60_000;
const FAILURES = 10;
const WINDOW_MS = 60_000;
const LINKS = 20;

export interface LoginLinks {
  make(): { readonly token: string; readonly expiresAt: Date };
  /** @throws RunnerError E463 not good, E464 too many tries */
  use(token: string): void;
}

export function createLoginLinks(now: () => number = Date.now): LoginLinks {
  let links: { readonly digest: Buffer; readonly expires: number }[] = [];
  let failures: number[] = [];
  return {
    make() {
      const token = newSecret();
      const expires = now() + LIFE_MS;
      links = [...links.filter((link) => link.expires > now()), { digest: digestOf(token), expires }];
      links = links.slice(-LINKS);
      return { token, expiresAt: new Date(expires) };
    },

    use(token) {
      const at = now();
      failures = failures.filter((failure) => failure > at - WINDOW_MS);
      if (failures.length >= FAILURES) throw new RunnerError("E464");
      const digest = digestOf(token);
      const found = links.filter((link) => link.expires > at).find((link) => sameDigest(link.digest, digest));
      if (found === undefined) {
        failures.push(at);
        throw new RunnerError("E463");
      }
      links = links.filter((link) => link !== found);
    },
  };
}
