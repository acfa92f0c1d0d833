/** Takes known secrets and what has a secret's form out of text, before anything is hashed or stored. */
export interface Redactor {
  redact(text: string): string;
}
