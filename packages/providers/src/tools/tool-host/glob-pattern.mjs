/**
 * Glob patterns: `*` and `?` within a name, `**` over folders, `[a-z]`, `[!a]`, `{a,b}`, `\` before a character to mean it.
 * Matching never goes back further than to the last star, so that no pattern of a model takes long.
 */

/** @typedef {(char: string) => boolean} One */
/** @typedef {(One | "*")[]} Name */

const MAX_ALTERNATIVES = 256;

/** @param {string} pattern @returns {(path: string) => boolean} for a relative path with `/` */
export function compileGlob(pattern) {
  const compiled = alternativesOf(pattern).map((alternative) =>
    alternative
      .replace(/^(\.\/)+/, "")
      .split("/")
      .filter((name) => name !== "")
      .map((name) => (name === "**" ? name : compileName(name))),
  );
  return (path) => {
    const names = path.split("/");
    return compiled.some((parts) =>
      matchesStarred(parts, names, "**", (part, name) => matchesName(/** @type {Name} */ (part), name)),
    );
  };
}

/** @param {Name} name @param {string} text */
const matchesName = (name, text) =>
  matchesStarred(name, [...text], "*", (part, char) => /** @type {One} */ (part)(char));

/**
 * Whether `items` are what `parts` say, where a star stands for any number of them.
 * @template P @param {readonly P[]} parts @param {readonly string[]} items @param {P} star
 * @param {(part: P, item: string) => boolean} fits
 */
function matchesStarred(parts, items, star, fits) {
  let part = 0;
  let item = 0;
  let afterStar = -1;
  let retryAt = 0;
  while (item < items.length) {
    const current = parts[part];
    if (current !== undefined && current !== star && fits(current, /** @type {string} */ (items[item]))) {
      part += 1;
      item += 1;
    } else if (current === star) {
      part += 1;
      afterStar = part;
      retryAt = item;
    } else if (afterStar !== -1) {
      part = afterStar;
      retryAt += 1;
      item = retryAt;
    } else return false;
  }
  while (parts[part] === star) part += 1;
  return part === parts.length;
}

/** @param {string} text @returns {Name} */
function compileName(text) {
  /** @type {Name} */
  const name = [];
  const chars = [...text];
  for (let at = 0; at < chars.length; at += 1) {
    const char = /** @type {string} */ (chars[at]);
    const close = char === "[" ? chars.indexOf("]", at + 2) : -1;
    if (char === "*") name.push("*");
    else if (char === "?") name.push(() => true);
    else if (close !== -1) {
      name.push(compileClass(chars.slice(at + 1, close)));
      at = close;
    } else {
      if (char === "\\") at += 1;
      const meant = chars[at] ?? char;
      name.push((other) => other === meant);
    }
  }
  return name;
}

/** @param {string[]} chars @returns {One} */
function compileClass(chars) {
  const not = chars[0] === "!" || chars[0] === "^";
  const members = not ? chars.slice(1) : chars;
  /** @type {[string, string][]} */
  const ranges = [];
  for (let at = 0; at < members.length; at += 1) {
    const from = /** @type {string} */ (members[at]);
    const to = members[at + 1] === "-" ? members[at + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) at += 2;
  }
  return (char) => ranges.some(([from, to]) => char >= from && char <= to) !== not;
}

/** `a{b,c}` as `ab` and `ac`. A brace without its partner is a character. @param {string} pattern @returns {string[]} */
function alternativesOf(pattern) {
  /** @type {string[]} */
  const done = [];
  const pending = [pattern];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const group = /\{([^{}]*,[^{}]*)\}/.exec(next);
    if (group === null) done.push(next);
    else {
      const [whole, inner = ""] = group;
      for (const choice of inner.split(",").reverse()) {
        pending.push(next.slice(0, group.index) + choice + next.slice(group.index + whole.length));
      }
    }
    if (done.length + pending.length > MAX_ALTERNATIVES)
      throw new Error("the pattern has too many alternatives");
  }
  return done;
}
