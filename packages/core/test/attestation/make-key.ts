/** A process that asks for a home's key and prints its id: `make-key <home>`. */
import { loadSigningKey } from "../../src/attestation/signing-key.ts";

const { id } = await loadSigningKey(process.argv[2] ?? "");
process.stdout.write(id);
