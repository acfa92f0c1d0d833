/** Lines of a terminal as an SVG in which each appears when it did; where motion is not wanted, all are there. */

const COLUMNS = 100;
const CHAR = 8.4;
const LINE = 20;
const PAD = 16;

const COLOURS = [
  [/^\$ /, "#e6edf3", "bold"],
  [/^(COMPLETE|VERIFIED)\b/, "#3fb950", "bold"],
  [/\bpassed\b/, "#7ee787", "normal"],
  [/^\s*E\d{3}\b/, "#ff7b72", "normal"],
];

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Long lines go on in the next row, as in a terminal. */
function wrap({ text, at }) {
  const rows = text.match(new RegExp(`.{1,${COLUMNS}}`, "gu")) ?? [""];
  return rows.map((row) => ({ row, at, text }));
}

/** @param {{ text: string, at: number }[]} lines `at` in milliseconds. @returns {string} */
export function renderTerminal(lines) {
  const rows = lines.flatMap(wrap);
  const width = Math.ceil(COLUMNS * CHAR + 2 * PAD);
  const height = rows.length * LINE + 2 * PAD + 24;
  const texts = rows.map(({ row, at, text }, index) => {
    const [, fill, weight] = COLOURS.find(([pattern]) => pattern.test(text)) ?? [null, "#c9d1d9", "normal"];
    const y = PAD + 24 + (index + 1) * LINE - 6;
    return `<text x="${PAD}" y="${y}" fill="${fill}" font-weight="${weight}" style="animation-delay:${(at / 1000).toFixed(2)}s" xml:space="preserve">${escaped(row)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="A run of pm in a terminal">
<style>
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; opacity: 0; animation: show 0.01s linear forwards; }
@keyframes show { to { opacity: 1; } }
@media (prefers-reduced-motion: reduce) { text { opacity: 1; animation: none; } }
</style>
<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>
<g fill="#30363d"><circle cx="22" cy="20" r="6"/><circle cx="42" cy="20" r="6"/><circle cx="62" cy="20" r="6"/></g>
${texts.join("\n")}
</svg>
`;
}
