export interface XmlTag {
  readonly name: string;
  readonly attributes: string;
  readonly opens: boolean;
  readonly closes: boolean;
}

/** What holds no tags, from its begin to its end. */
const SKIPPED = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
] as const;
const TAG = /<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/y;

/**
 * The tags of an XML document, in linear time whatever it holds; text between them is left out.
 * @returns null where it is not well-formed as far as it is looked at, or has a document type.
 */
export function xmlTags(text: string): XmlTag[] | null {
  const tags: XmlTag[] = [];
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at)) {
    const skipped = SKIPPED.find(([begin]) => text.startsWith(begin, at));
    if (skipped) {
      const end = text.indexOf(skipped[1], at + skipped[0].length);
      if (end === -1) return null;
      at = end + skipped[1].length;
      continue;
    }
    TAG.lastIndex = at;
    const [whole, slash, name, attributes = "", selfClosing] = TAG.exec(text) ?? [];
    if (whole === undefined || name === undefined) return null;
    tags.push({ name, attributes, opens: slash === "", closes: slash === "/" || selfClosing === "/" });
    at += whole.length;
  }
  return tags;
}
