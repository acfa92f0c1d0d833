/** Letters that Unicode does not take apart into a base letter and marks. */
const LETTERS = new Map([
  ["ß", "ss"],
  ["ẞ", "SS"],
  ["æ", "ae"],
  ["Æ", "AE"],
  ["œ", "oe"],
  ["Œ", "OE"],
  ["ø", "o"],
  ["Ø", "O"],
  ["đ", "d"],
  ["Đ", "D"],
  ["ð", "d"],
  ["Ð", "D"],
  ["þ", "th"],
  ["Þ", "Th"],
  ["ł", "l"],
  ["Ł", "L"],
  ["ı", "i"],
  ["ħ", "h"],
  ["Ħ", "H"],
]);

const GREEK = {
  α: "a",
  β: "v",
  γ: "g",
  δ: "d",
  ε: "e",
  ζ: "z",
  η: "i",
  θ: "th",
  ι: "i",
  κ: "k",
  λ: "l",
  μ: "m",
  ν: "n",
  ξ: "x",
  ο: "o",
  π: "p",
  ρ: "r",
  σ: "s",
  ς: "s",
  τ: "t",
  υ: "y",
  φ: "f",
  χ: "ch",
  ψ: "ps",
  ω: "o",
};

const CYRILLIC = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  е: "e",
  ж: "zh",
  з: "z",
  и: "i",
  й: "y",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "shch",
  ъ: "",
  ы: "y",
  ь: "",
  э: "e",
  ю: "yu",
  я: "ya",
};

for (const [letter, latin] of Object.entries({ ...GREEK, ...CYRILLIC })) {
  LETTERS.set(letter, latin);
  const capital = letter.toUpperCase();
  if (!LETTERS.has(capital)) LETTERS.set(capital, latin.charAt(0).toUpperCase() + latin.slice(1));
}

const MARKS = /\p{Mark}/gu;

/** Known as it is, or known without its accents: й has a spelling of its own, έ is an ε. */
function spell(letter) {
  return LETTERS.get(letter) ?? LETTERS.get(letter.normalize("NFD").replace(MARKS, "")) ?? letter;
}

/** @returns `text` in Latin letters, as far as they are known; everything else stays as it is. */
export function transliterate(text) {
  const spelled = Array.from(text.normalize("NFC"), spell).join("");
  return spelled.normalize("NFD").replace(MARKS, "").normalize("NFC");
}
