/** The text that an export explains itself with. Pure. */
export function exportReadme(sessionId: string, keyId: string): string {
  return `Evidence of ${sessionId}
${"=".repeat(12 + sessionId.length)}

This file was made by "pm export". It holds what PM Orchestrator Runner recorded
of one session, and two signatures over it. Nothing in it has to be believed:
every claim can be recomputed from the files beside this one.

  report.html                     what was asked, what proves it; opens offline
  badge.svg                       the verdict as a picture
  evidence/journal.jsonl          the record: a line an event, each naming the
                                  sha256 of the line before
  evidence/blobs/sha256/          what the lines refer to: each file is named by
                                  the sha256 of its bytes
  evidence/attestation.dsse.json  signed statement (in-toto, DSSE, Ed25519) of
                                  what the journal proves
  public-key.pem                  the key that signed
  seal.dsse.json                  signed list of the sha256 of all other files

The key
-------
The sha256 of the key (SubjectPublicKeyInfo, DER) is

  ${keyId}

A signature proves only that whoever has this key made it. Compare the line above
with what that person or machine told you in another way, or give the key that
you have from them to the verifier.

With pm
-------
  pm verify <this file> --key <public key file>

Without pm
----------
tools/verify.py (Python 3, standard library only) and tools/verify.mjs (Node.js,
nothing else) of the source repository check all of it, each in less than 200
lines that you can read:

  python3 verify.py <this file> [<public key file or key id>]

By hand
-------
Every blob is named by its digest; this prints nothing where all are whole:

  cd evidence/blobs/sha256
  find . -type f | while read -r f; do
    echo "$(basename "$f")  $f" | sha256sum --check --quiet; done

The evidence root, subject "evidence" of the statement:

  find . -type f -printf '%f\\n' | LC_ALL=C sort | sha256sum

The head of the journal, subject "journal" of the statement:

  tail -n 1 ../../journal.jsonl | tr -d '\\n' | sha256sum

The key's fingerprint, and the statement:

  cd ../../..
  openssl pkey -pubin -in public-key.pem -outform DER | sha256sum
  jq -r .payload evidence/attestation.dsse.json | base64 -d | jq .

Its signature (DSSE signs the type and the payload with their lengths):

  type=application/vnd.in-toto+json
  jq -r .payload evidence/attestation.dsse.json | base64 -d > payload
  jq -r '.signatures[0].sig' evidence/attestation.dsse.json | base64 -d > sig
  { printf 'DSSEv1 %d %s %d ' \${#type} "$type" "$(wc -c < payload)"; cat payload; } > signed
  openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in signed -sigfile sig
`;
}
