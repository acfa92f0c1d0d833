const SEPARATORS = ["-", "_", ".", "~"];
const KNOWN = ["separator", "maxLength", "lowercase", "replacements"];

/**
 * Fills in defaults and refuses what is not understood.
 * @throws TypeError for an unknown option or a value of the wrong kind.
 */
export function readOptions(options = {}) {
  for (const name of Object.keys(options)) {
    if (!KNOWN.includes(name)) throw new TypeError(`unknown option: ${name}`);
  }
  const {
    separator = "-",
    maxLength = Number.POSITIVE_INFINITY,
    lowercase = true,
    replacements = {},
  } = options;
  if (!SEPARATORS.includes(separator)) {
    throw new TypeError(`separator must be one of ${SEPARATORS.join(" ")}`);
  }
  if (maxLength !== Number.POSITIVE_INFINITY && !(Number.isInteger(maxLength) && maxLength > 0)) {
    throw new TypeError("maxLength must be a whole number above 0");
  }
  if (typeof lowercase !== "boolean") throw new TypeError("lowercase must be true or false");
  if (Object.values(replacements).some((word) => typeof word !== "string")) {
    throw new TypeError("replacements must be words");
  }
  return { separator, maxLength, lowercase, replacements };
}
