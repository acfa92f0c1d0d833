/**
 * Owns the logins of one server, in memory: a restart ends them all.
 *
 * Invariants:
 * N1 a login lasts 30 days from when it was last used;
 * N2 there are at most 100: the one that was not used for longest goes;
 * N3 only the digest of its secret is kept, and it is compared in constant time.
 */
import { randomBytes } from "node:crypto";
import { digestOf, newSecret, sameDigest } from "./secrets.ts";

export const SESSION_DAYS = 30;
const LIFE_MS = SESSION_DAYS * 24 * 3_600_000;
const SESSIONS = 100;

export interface Sessions {
  /** @returns what the cookie holds */
  open(): string;
  /** @returns the id of the login that a cookie's value stands for, or null; using it makes it last longer. */
  find(value: string): string | null;
  end(id: string): void;
  /** Calls back when a login ends by logout. @returns stops. */
  onEnd(id: string, ended: () => void): () => void;
}

interface Login {
  readonly digest: Buffer;
  expires: number;
  readonly listeners: Set<() => void>;
}

export function createSessions(now: () => number = Date.now): Sessions {
  /** In the order in which they were used. */
  const logins = new Map<string, Login>();

  function end(id: string): void {
    const login = logins.get(id);
    logins.delete(id);
    for (const ended of login?.listeners ?? []) ended();
  }

  return {
    open() {
      const id = randomBytes(9).toString("base64url");
      const secret = newSecret();
      logins.set(id, { digest: digestOf(secret), expires: now() + LIFE_MS, listeners: new Set() });
      for (const oldest of logins.keys()) if (logins.size > SESSIONS) end(oldest);
      return `${id}.${secret}`;
    },

    find(value) {
      const [id = "", secret = ""] = value.split(".", 2);
      const login = logins.get(id);
      if (login === undefined || !sameDigest(login.digest, digestOf(secret))) return null;
      if (login.expires <= now()) {
        end(id);
        return null;
      }
      login.expires = now() + LIFE_MS;
      logins.delete(id);
      logins.set(id, login);
      return id;
    },

    end,

    onEnd(id, ended) {
      const login = logins.get(id);
      login?.listeners.add(ended);
      return () => login?.listeners.delete(ended);
    },
  };
}
