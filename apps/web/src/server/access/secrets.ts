import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 bits, fit for an address or a cookie. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What is kept of a secret: memory that leaks then gives nobody access. */
export const digestOf = (secret: string): Buffer => createHash("sha256").update(secret).digest();

export const sameDigest = (one: Buffer, other: Buffer): boolean => timingSafeEqual(one, other);
