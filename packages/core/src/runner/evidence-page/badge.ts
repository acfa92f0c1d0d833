import type { Status } from "../../lifecycle/status.ts";
import { escapeText } from "./html.ts";

const COLORS: Readonly<Record<Status, string>> = {
  COMPLETE: "#1a7f37",
  INCOMPLETE: "#9a6700",
  NO_EVIDENCE: "#57606a",
  ERROR: "#cf222e",
  INVALID: "#82071e",
};

const LABEL = "pm evidence";
/** Of a character, about; `textLength` makes every font keep to it. */
const LETTER = 6.6;
const CAPITAL = 8;
const SPACE = 10;

/** The verdict as a picture. Pure. @param keyId of the key that attests it. */
export function evidenceBadge(status: Status, sessionId: string, keyId: string): string {
  const label = Math.round(LABEL.length * LETTER);
  const value = Math.round(status.length * CAPITAL);
  const left = label + 2 * SPACE;
  const width = left + value + 2 * SPACE;
  const about = escapeText(`Evidence of ${sessionId}: ${status}`);
  const text = (x: number, length: number, content: string) =>
    `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${content}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img" aria-label="${about}">
<title>${about}. Signed by ${keyId}</title>
<clipPath id="edge"><rect width="${width}" height="20" rx="4"/></clipPath>
<g clip-path="url(#edge)"><rect width="${left}" height="20" fill="#24292f"/><rect x="${left}" width="${width - left}" height="20" fill="${COLORS[status]}"/></g>
<g fill="#fff" font-family="ui-sans-serif,system-ui,'Segoe UI',Helvetica,Arial,sans-serif" font-size="11.5" font-weight="600">
${text(SPACE, label, LABEL)}
${text(left + SPACE, value, status)}
</g>
</svg>
`;
}
