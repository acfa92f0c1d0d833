/** What a person's words say about files: which are meant, and whether documentation is. */
import { posix } from "node:path";
import { literalPattern } from "../text/literal-pattern.ts";

/** Shorter names of files without their ending are words of any text. */
const SHORTEST_STEM = 3;

/** Whether the text names the file: by its path, or by its name. */
export function namesFile(text: string, path: string): boolean {
  const lower = text.toLowerCase();
  return lower.includes(path.toLowerCase()) || lower.includes(posix.basename(path).toLowerCase());
}

/**
 * Whether a word of the text is the file's name without its ending, or that of a folder that it lies in. What a source or a
 * document is about is called so, too.
 */
export function speaksOfFile(text: string, path: string): boolean {
  const [name = "", ...folders] = path.toLowerCase().split("/").reverse();
  const stem = name.replace(/(?<=.)\.[^.]*$/, "");
  return [stem, ...folders].some((word) => hasWord(text.toLowerCase(), word.replace(/^\./, "")));
}

function hasWord(text: string, word: string): boolean {
  if (word.length < SHORTEST_STEM) return false;
  return new RegExp(`(?<![\\p{L}\\p{N}])${literalPattern(word)}(?![\\p{L}\\p{N}])`, "u").test(text);
}

const ACCESS =
  /\b(?:executable|runnable|chmod|permissions?|file modes?|mode bits?|(?:sym)?links?|shortcut|ausführbar|exécutable|ejecutable|eseguibile)\b|実行可能|可执行|실행/iu;

/** Whether the text asks who may run a file, or under which other name it is to be found: no text changes by that. */
export function asksForAccess(text: string): boolean {
  return ACCESS.test(text);
}

const REMOVAL =
  /\b(?:delet|remov|drop|discard|prun|eliminat|obsolet|unus|dead\b|get(?:ting)? rid|clean(?:ing)? ?up|no longer|not needed|superfluous|lösch|entfern|supprim|enlev|elimin|borr|quita|remuev|rimuov|verwijder)|削除|消し|删除|移除|去掉|삭제|제거|удал|убер/iu;

/** Whether the text asks that something goes. */
export function asksForRemoval(text: string): boolean {
  return REMOVAL.test(text);
}

const DOCUMENTATION: readonly RegExp[] = [
  /\b(?:read ?me|docs|documentation|documented|documenting|change ?log|release notes?|typos?|spelling|wording|man ?pages?)\b/i,
  // As an order, since a program may deal with documents, too.
  /(?:^|[.,;:!?*-]\s*|\b(?:please|and|also|to)\s+)document\b/im,
  /\b(?:add|write|create|start|update|change|extend|expand|fix|correct|improve|rewrite|revise|shorten|translate|proofread)\b[^.!?\n]{0,60}\b(?:guides?|manuals?|tutorials?|faq|instructions?|sections?|paragraphs?|glossary|overview|table of contents|licen[cs]e(?! key)|contribut(?:ing|ors?|ion guide)\w*)\b/i,
];

/** Whether the text speaks of what can be taken from where. */
export const asksForNames = (text: string) =>
  /export|expos|import|alias|deprecat|__init__|\b(?:index|public|entry|root)\b|エクスポート|导出|导入|내보내/i.test(
    text,
  );

/** Whether the text speaks of types. */
export const asksForTypes = (text: string) =>
  /\b(?:types?|typed|typings?|generics?|annotations?|signatures?|mypy|tsc|TypeScript)\b|\bTyp(?:en)?\b|型|类型|타입/i.test(
    text,
  );

/** Whether the text asks for documentation in words of its own. */
export function asksForDocumentation(text: string): boolean {
  return DOCUMENTATION.some((pattern) => pattern.test(text));
}
