/** A form that keys of a known issuer have. */
export interface SecretPattern {
  /** What it is, for people. */
  readonly kind: string;
  /** Global; matches the secret itself and nothing around it. */
  readonly pattern: RegExp;
}

/** Not within a longer word: `risk-…` is no `sk-…`. But the `n` of an escaped `\\n` is no word. */
const START = "(?:(?<![A-Za-z0-9_-])|(?<=\\\\[nrt]))";

/** More specific forms first: the first that matches a place names it. */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  { kind: "an Anthropic key", pattern: new RegExp(`${START}sk-ant-[A-Za-z0-9_-]{20,}`, "g") },
  {
    kind: "an OpenAI key",
    pattern: new RegExp(`${START}sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}`, "g"),
  },
  { kind: "an OpenRouter key", pattern: new RegExp(`${START}sk-or-v1-[0-9a-f]{32,}`, "g") },
  { kind: "an API key", pattern: new RegExp(`${START}sk-[A-Za-z0-9]{20,}`, "g") },
  { kind: "an AWS access key", pattern: new RegExp(`${START}(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])`, "g") },
  { kind: "a GitHub token", pattern: new RegExp(`${START}gh[pousr]_[A-Za-z0-9]{36,}`, "g") },
  { kind: "a GitHub token", pattern: new RegExp(`${START}github_pat_[A-Za-z0-9_]{50,}`, "g") },
  { kind: "a GitLab token", pattern: new RegExp(`${START}glpat-[A-Za-z0-9_-]{20,}`, "g") },
  { kind: "a Slack token", pattern: new RegExp(`${START}xox[abeoprs]-[A-Za-z0-9-]{10,}`, "g") },
  {
    kind: "a Slack webhook",
    pattern: /hooks\.slack\.com\/services\/T[A-Za-z0-9_]{6,}\/B[A-Za-z0-9_]{6,}\/[A-Za-z0-9_]{16,}/g,
  },
  { kind: "a Google API key", pattern: new RegExp(`${START}AIza[A-Za-z0-9_-]{35}`, "g") },
  { kind: "a Stripe key", pattern: new RegExp(`${START}(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,}`, "g") },
  { kind: "an npm token", pattern: new RegExp(`${START}npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])`, "g") },
  { kind: "a PyPI token", pattern: new RegExp(`${START}pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{40,}`, "g") },
  { kind: "a Hugging Face token", pattern: new RegExp(`${START}hf_[A-Za-z0-9]{34,}`, "g") },
  {
    kind: "a SendGrid key",
    pattern: new RegExp(`${START}SG\\.[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{30,}`, "g"),
  },
  {
    kind: "a JSON web token",
    pattern: new RegExp(`${START}eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}`, "g"),
  },
  {
    kind: "a private key",
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]{0,16000}?-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----)?/g,
  },
];

/** @returns the kinds of secrets that a text seems to hold, each once, in the order of {@link SECRET_PATTERNS} */
export function findSecrets(text: string): string[] {
  const kinds = new Set<string>();
  for (const { kind, pattern } of SECRET_PATTERNS) {
    if (text.search(pattern) >= 0) kinds.add(kind);
  }
  return [...kinds];
}
