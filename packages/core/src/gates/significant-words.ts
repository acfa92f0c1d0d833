/** Words that carry no matter, or that a requirement may rightly replace by others. */
const STOP_WORDS = new Set(
  `a an the this that these those it its they them their he she we you your our my i me us one ones some any all each every
  both either other others another such same own and or but nor so yet if then else than as of in on at to from by with
  without within into onto over under between among through during before after above below up down out off about against
  for per via is are was were be been being am do does did done doing have has had having will would shall should can could
  may might must not no never nothing none neither isn't aren't don't doesn't didn't won't can't cannot couldn't shouldn't
  only also too very just still already again ever even now here there when where which who whom whose what why how while
  because since until unless although though however therefore thus hence etc e.g i.e eg ie vs
  add adds added adding make makes making made create creates created creating implement implements implemented implementing
  write writes ensure ensures please need needs needed want wants like let lets get gets use uses used using new
  support supports supported supporting provide provides allow allows fix fixes fixed fixing update updates updated updating
  change changes changed changing improve improves following follows task tasks requirement requirements thing things
  work works working properly correctly correct good well way case cases e g i ll ve re s t d m`.split(/\s+/),
);

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const CJK_WORDS = /\p{Script=Han}+|[\p{Script=Katakana}ー]+/gu;
const WORDS = /[\p{L}\p{N}]+(?:['._-][\p{L}\p{N}]+)*/gu;

/** The words of a text that can be looked for in another. */
export interface WordIndex {
  readonly stems: ReadonlySet<string>;
  readonly text: string;
}

/** @param text normalised as `normaliseText` does. */
export function indexWords(text: string): WordIndex {
  const words = wordsOf(text);
  const stems = new Set<string>();
  for (const [index, word] of words.entries()) {
    const parts = word.split(/['._-]/);
    // "lower case" and "lowercase" are the same to most people.
    const joined = [parts.join(""), word + (words[index + 1] ?? ""), ...parts, word];
    for (const form of joined) stems.add(stem(form));
  }
  return { stems, text };
}

/** @returns the words of `text` that matter, in order, each once. */
export function significantWords(text: string): string[] {
  const plain = wordsOf(text).filter(
    (word) => !STOP_WORDS.has(word) && !STOP_WORDS.has(word.replace(/'s$/, "")),
  );
  return [...new Set([...plain, ...(text.match(CJK_WORDS) ?? [])])];
}

export function hasWord(index: WordIndex, word: string): boolean {
  if (CJK.test(word)) return hasCjk(index.text, word);
  const parts = word.replace(/'s$/, "").split(/['._-]/);
  if (index.stems.has(stem(parts.join("")))) return true;
  return parts.every((part) => STOP_WORDS.has(part) || index.stems.has(stem(part)));
}

/** Without spaces there are no words to compare: long runs may be put a little differently. */
function hasCjk(text: string, word: string): boolean {
  if (word.length <= 4 || text.includes(word)) return text.includes(word);
  const pairs = Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
  return pairs.filter((pair) => text.includes(pair)).length >= pairs.length * 0.6;
}

function wordsOf(text: string): string[] {
  return text.replace(new RegExp(CJK.source, "gu"), " ").match(WORDS) ?? [];
}

/** A light English stem: only has to be the same for the forms of one word. */
function stem(word: string): string {
  let root = word;
  if (root.length > 4 && root.endsWith("ies")) root = `${root.slice(0, -3)}y`;
  else if (root.length > 3 && root.endsWith("s") && !/(?:ss|us|is)$/.test(root)) root = root.slice(0, -1);
  if (root.length > 5 && root.endsWith("ing")) root = root.slice(0, -3);
  else if (root.length > 4 && root.endsWith("ied")) root = `${root.slice(0, -3)}y`;
  else if (root.length > 4 && root.endsWith("ed")) root = root.slice(0, -2);
  if (root.length > 3 && /([b-df-hj-np-tv-z])\1$/.test(root)) root = root.slice(0, -1);
  return root.length > 3 && root.endsWith("e") ? root.slice(0, -1) : root;
}
