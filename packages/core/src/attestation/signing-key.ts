/**
 * Owns `attestation/` of the home folder: the key that attests, and its public half for others.
 *
 * Invariants:
 * K1 a key is made once: of two processes that find none, one's is kept and both use it;
 * K2 it is used only where nobody else could have read or replaced it: folder and file are ours, 0700 and 0600, and no
 *    links (E311);
 * K3 the public file follows the private one, never the other way round.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import { createFile } from "../project/create-file.ts";
import { errnoOf, fsError } from "../project/fs-error.ts";
import { makeDirs } from "../project/make-dirs.ts";
import { readPrivateFile } from "../project/read-private-file.ts";
import { replaceFile } from "../project/replace-file.ts";
import { keyIdOf, parsePublicKey, publicKeyPem } from "./public-key.ts";

export interface SigningKey {
  readonly private: KeyObject;
  readonly public: KeyObject;
  readonly id: string;
}

const folderOf = (home: string) => join(home, "attestation");
const privatePath = (home: string) => join(folderOf(home), "ed25519.pem");

/** @returns where the public half of the home's key lies. */
export const publicKeyPath = (home: string): string => join(folderOf(home), "ed25519.pub.pem");

/**
 * The home's key, made on first use.
 * @param home as `pmHome` gives it
 * @throws RunnerError E311 where it is not the user's alone or no Ed25519 key; E103, E104, E109, E119 where it can't be read
 *   or written.
 */
export async function loadSigningKey(home: string): Promise<SigningKey> {
  await ownFolder(home);
  const path = privatePath(home);
  const pem = (await readKey(path)) ?? (await makeKey(path));
  const key = parsePrivateKey(pem, path);
  const made = createPublicKey(key);
  await publish(home, publicKeyPem(made));
  return { private: key, public: made, id: keyIdOf(made) };
}

/** @returns the public half of the home's key, or null where there is none yet or it can't be read: then it proves nothing. */
export async function loadPublicKey(home: string): Promise<KeyObject | null> {
  return parsePublicKey(await readFile(publicKeyPath(home), "utf8").catch(() => ""));
}

async function ownFolder(home: string): Promise<void> {
  const path = folderOf(home);
  try {
    makeDirs(path);
    const found = await lstat(path);
    if (!found.isDirectory()) throw refused(path, "it is not a folder");
    if (found.uid !== (process.getuid?.() ?? found.uid)) throw refused(path, "it belongs to another user");
    if ((found.mode & 0o077) !== 0) throw refused(path, "other users can get at it");
  } catch (error) {
    throw fsError(error, path, "write");
  }
}

async function readKey(path: string): Promise<string | null> {
  try {
    return await readPrivateFile(path);
  } catch (error) {
    if (isRunnerError(error, "E113")) throw refused(path, String(error.data.reason), error);
    throw error;
  }
}

async function makeKey(path: string): Promise<string> {
  const { privateKey } = generateKeyPairSync("ed25519");
  try {
    await createFile(path, privateKey.export({ type: "pkcs8", format: "pem" }).toString(), 0o600);
  } catch (error) {
    throw fsError(error, path, "write");
  }
  // Whoever was first, what lies there now is the key.
  const pem = await readKey(path);
  if (pem === null) throw refused(path, "it was taken away while it was made");
  return pem;
}

function parsePrivateKey(pem: string, path: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch (error) {
    throw refused(path, "it is no private key", error);
  }
  throw refused(path, "it is no Ed25519 key");
}

async function publish(home: string, pem: string): Promise<void> {
  const path = publicKeyPath(home);
  try {
    const there = await readFile(path, "utf8").catch((error: unknown) => {
      if (errnoOf(error) === "ENOENT") return null;
      throw error;
    });
    if (there !== pem) await replaceFile(path, pem, 0o644);
  } catch (error) {
    throw fsError(error, path, "write");
  }
}

const refused = (path: string, reason: string, cause?: unknown) =>
  new RunnerError("E311", { path, reason }, cause);
