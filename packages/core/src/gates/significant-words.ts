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

/** Texts whose sense is compared: a requirement's sentences, each for itself. */
export interface Sentences {
  readonly whole: WordIndex;
  readonly sentences: readonly WordIndex[];
}

/** What turns an order round. Descriptions ("can't", "is never") are told from orders where the prompt speaks of a bug. */
const NOT =
  /\b(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot|[a-z]+n't|(?:do|does|did|ca|wo|is|are|should|must)nt)\b/;
/** Other ways to say so; they count where the item does not use them itself. */
const AS_GOOD_AS_NOT =
  /\b(?:refus\w+|reject\w*|avoid\w*|prevent\w*|forb\w+|prohibit\w*|disallow\w*|den(?:y|ies|ied)|exclu\w+|omit\w*|lack\w*|missing|absent|absence|stop\w*|ceas\w+|skip\w*|ignor\w+|unable|impossible|disabl\w+|un\w{3,}ed|intact|same|as is|preserv\w+|instead|rather|zero|throws?|rais\w+|errors?|fail\w*|invalid|illegal|non-\w+|optional)\b/g;
const IDIOM =
  /\bnot (?:only|just|needed|yet)\b|\bor not\b|\bno need\b|\bif (?:not|only)\b(?= *[,:;)])|\bno\.(?= ?\d)/g;
const ORDER = /(?:\b(?:must|shall|should|may|please|always)|^|[.!?,;:(] ?|\b(?:and|but))\s*$/;

/** Words that narrow an order, and the words by one of which a requirement has to keep them. */
const NARROWING: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\b(?:only|solely|exclusively)\b/g,
    /\b(?:only|just|solely|exclusively|alone|limited|restricted|but|except|unless)\b/,
  ],
  [/\b(?:unless|other than)\b/g, /\b(?:except\w*|unless|but|other|others|apart|besides|only|if|when)\b/],
  [/\b(?:until|till)\b/g, /\b(?:until|till|before|as long|while|once|when|up to|only)\b/],
];
const OPPOSITES = [
  ["before", "after"],
  ["above", "below"],
  ["over", "under"],
  ["on", "off"],
].flatMap(([one = "", other = ""]): [string, string][] => [
  [one, other],
  [other, one],
]);
const ABOUT_A_BUG =
  /\b(?:fix(?:es|ed|ing)?|bugs?|issues?|broken|wrong\w*|problems?|regress\w*|currently|crash\w*|fail(?:s|ing|ed)?|defects?)\b/;

/**
 * Whether a "not", "only", "before" of the item was not dropped or turned round. Each is bound to the next word that
 * matters: one sentence of a requirement has to hold that word and some word of the same class.
 * @param prompt tells an order from a bug that is described. All texts as `normaliseText` makes them.
 */
export function keepsSense(item: string, prompt: string, requirements: readonly Sentences[]): boolean {
  const plain = item.replace(IDIOM, (idiom) => " ".repeat(idiom.length));
  const sentences = requirements.flatMap((requirement) => requirement.sentences);
  const own = indexWords(item);
  const negated = ({ text }: WordIndex) =>
    NOT.test(text) || (text.match(AS_GOOD_AS_NOT) ?? []).some((word) => !own.stems.has(stem(word)));
  const isBug = ABOUT_A_BUG.test(prompt);
  const kept = (pattern: RegExp, keeps: (sentence: WordIndex) => boolean) =>
    [...plain.matchAll(new RegExp(pattern, "g"))]
      .filter((match) => !isBug || isOrder(plain, match))
      .every(({ 0: mark, index }) => {
        const word = boundWord(plain, index, index + mark.length);
        const about = word === null ? [] : sentences.filter((sentence) => hasWord(sentence, word));
        return about.length === 0 || about.some(keeps);
      });
  return (
    kept(NOT, negated) &&
    NARROWING.every(([pattern, ways]) => kept(pattern, (found) => ways.test(found.text) || negated(found))) &&
    OPPOSITES.every(([one, other]) => !isTurned(plain, one, other, requirements))
  );
}

/** "must not", "do not" at the start; not "users can not" or "is never". */
function isOrder(text: string, { 0: mark, index }: RegExpExecArray): boolean {
  if (/^(?:must|should)n'?t$/.test(mark)) return true;
  if (/^(?:no|none|nothing|nobody|without|cannot|neither|nor|only)$/.test(mark)) return false;
  return ORDER.test(text.slice(0, index).replace(/\bdo $/, ""));
}

function boundWord(text: string, start: number, end: number): string | null {
  const after = text.slice(end).split(/[.;!?]\s/)[0] ?? "";
  const before =
    text
      .slice(0, start)
      .split(/[.;!?]\s/)
      .at(-1) ?? "";
  return significantWords(after)[0] ?? significantWords(before).at(-1) ?? null;
}

/** Only where each requirement that takes the item up says the one word in place of the other. */
function isTurned(item: string, one: string, other: string, requirements: readonly Sentences[]): boolean {
  const says = (text: string, word: string) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(text);
  if (!says(item, one) || says(item, other)) return false;
  const words = significantWords(item);
  const about = requirements
    .map(({ whole }) => whole)
    .filter((whole) => words.filter((word) => hasWord(whole, word)).length * 2 >= words.length);
  return about.length > 0 && about.every(({ text }) => !says(text, one) && says(text, other));
}
