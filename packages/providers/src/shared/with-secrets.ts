import { createRedactor, type Redactor } from "@pm/core";

/** The run's own secrets first, then those that the person's redactor knows. */
export function withSecrets(redactor: Redactor, secrets: readonly string[]): Redactor {
  const own = createRedactor(secrets);
  return { redact: (text) => redactor.redact(own.redact(text)) };
}
