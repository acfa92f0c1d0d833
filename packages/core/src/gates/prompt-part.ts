/** A part of a prompt that a requirement has to take up. */
export interface PromptPart {
  readonly kind: "block" | "code" | "quote" | "path" | "flag" | "item";
  /** As it stands in the prompt, white space folded; a block keeps its lines. */
  readonly text: string;
}
