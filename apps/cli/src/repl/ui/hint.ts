/** A word to the person that goes away by itself. */
export interface Hint {
  /** Null where nothing is to be said. */
  text(): string | null;
  /** @param ms how long it is shown */
  say(text: string, ms: number): void;
  end(): void;
}

export function createHint(onChange: () => void): Hint {
  let text: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  return {
    text: () => text,
    say(next, ms) {
      clearTimeout(timer);
      text = next;
      timer = setTimeout(() => {
        text = null;
        onChange();
      }, ms);
      onChange();
    },
    end: () => clearTimeout(timer),
  };
}
