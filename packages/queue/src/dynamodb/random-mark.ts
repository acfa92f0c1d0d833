import { randomBytes } from "node:crypto";

const BYTES = 9;

/** A random word by which a writer knows its own write again. */
export const randomMark = (): string => randomBytes(BYTES).toString("base64url");
