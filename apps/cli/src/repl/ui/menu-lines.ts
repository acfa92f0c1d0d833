import { fill, fit, widthOf } from "../../render/fit.ts";
import type { Painter } from "../../render/painter.ts";
import type { EditorView } from "../editor/create-editor.ts";

/** @returns the menu of completions in at most `height` rows, around the chosen one, or the hint at what is still to be typed. */
export function menuLines(
  { completion, menuRow }: EditorView,
  { width, height, paint }: { readonly width: number; readonly height: number; readonly paint: Painter },
): string[] {
  if (completion === null || height < 1) return [];
  const { items, hint } = completion;
  if (menuRow === null || items.length === 0) {
    return hint === null || items.length > 0 ? [] : [paint.dim(fit(`  ${hint}`, width))];
  }
  const shown = Math.min(height, items.length);
  const first = Math.max(0, Math.min(menuRow - Math.floor(shown / 2), items.length - shown));
  const labels = items.map(({ label, hint: wanted }) => (wanted === "" ? label : `${label} ${wanted}`));
  const column = Math.min(Math.max(...labels.map(widthOf)), Math.max(8, Math.floor(width / 2)));
  return items.slice(first, first + shown).map(({ summary }, index) => {
    const chosen = first + index === menuRow;
    const text = fit(
      `${chosen ? "›" : " "} ${fill(labels[first + index] ?? "", column)}  ${summary}`.trimEnd(),
      width,
    );
    return chosen ? paint.bold(text) : paint.dim(text);
  });
}
