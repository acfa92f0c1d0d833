import type { TaskState } from "../api/types.ts";
import { type Shape, StateMark } from "./state-mark.tsx";
import { STATE_LOOK, type Tone } from "./states.ts";

/** Shape and word in the tone of a state. */
export function Badge({
  shape,
  tone,
  word,
}: {
  readonly shape: Shape;
  readonly tone: Tone;
  readonly word: string;
}) {
  return (
    <span className={`badge tone-${tone}`}>
      <StateMark of={shape} size={14} />
      {word}
    </span>
  );
}

export function StateBadge({ state }: { readonly state: TaskState }) {
  return <Badge shape={state} tone={STATE_LOOK[state].tone} word={STATE_LOOK[state].word} />;
}
