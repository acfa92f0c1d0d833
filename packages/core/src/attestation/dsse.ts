/** DSSE 1.0: a payload, its type, and one signature over both. Pure. */
import { type KeyObject, sign, verify } from "node:crypto";
import * as z from "zod";
import { canonicalJson } from "../evidence/canonical-json.ts";

export const PAYLOAD_TYPE = "application/vnd.in-toto+json";

const base64 = z.base64();
const envelopeSchema = z.strictObject({
  payload: base64,
  payloadType: z.literal(PAYLOAD_TYPE),
  signatures: z.array(z.strictObject({ keyid: z.string().regex(/^[0-9a-f]{64}$/), sig: base64 })).length(1),
});

export interface OpenedEnvelope {
  readonly payload: Buffer;
  /** As the envelope says; the signature tells whether it is so. */
  readonly keyId: string;
  isSignedBy(key: KeyObject): boolean;
}

/** @returns what is signed: DSSE's pre-authentication encoding. */
export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** @returns the envelope as a file, one line; the same payload and key give the same bytes. */
export function sealEnvelope(
  payload: string,
  key: { readonly private: KeyObject; readonly id: string },
): string {
  const bytes = Buffer.from(payload);
  const sig = sign(null, preAuthEncoding(PAYLOAD_TYPE, bytes), key.private).toString("base64");
  const envelope: z.infer<typeof envelopeSchema> = {
    payload: bytes.toString("base64"),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: key.id, sig }],
  };
  return `${canonicalJson(envelope)}\n`;
}

/** @returns null where `file` is not, byte for byte, an envelope as `sealEnvelope` writes it. */
export function openEnvelope(file: Buffer): OpenedEnvelope | null {
  let value: unknown;
  try {
    value = JSON.parse(file.toString("utf8"));
  } catch {
    return null;
  }
  const parsed = envelopeSchema.safeParse(value);
  if (!parsed.success) return null;
  const [signature] = parsed.data.signatures;
  if (signature === undefined) return null;
  const payload = Buffer.from(parsed.data.payload, "base64");
  const sig = Buffer.from(signature.sig, "base64");
  // Base64 has several texts for the same bytes, and JSON for the same value: one of them is ours.
  const ours: z.infer<typeof envelopeSchema> = {
    payload: payload.toString("base64"),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: signature.keyid, sig: sig.toString("base64") }],
  };
  if (!file.equals(Buffer.from(`${canonicalJson(ours)}\n`))) return null;
  return {
    payload,
    keyId: signature.keyid,
    isSignedBy: (key) => verify(null, preAuthEncoding(PAYLOAD_TYPE, payload), key, sig),
  };
}
