export interface PollDelay {
  readonly firstMs: number;
  readonly lastMs: number;
}

const GROWTH = 1.5;
const JITTER = 0.25;

/**
 * Calls `look` again and again, one call at a time: soon after one that found something, ever later after those that did
 * not. A call that fails counts as one that found nothing; who needs to know what is wrong asks the queue itself.
 * @returns stops.
 */
export function poll(look: () => Promise<boolean>, { firstMs, lastMs }: PollDelay): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let delayMs = firstMs;
  const round = async () => {
    const found = await look().catch(() => false);
    if (stopped) return;
    delayMs = found ? firstMs : Math.min(lastMs, delayMs * GROWTH);
    timer = setTimeout(round, delayMs * (1 - JITTER * Math.random()));
  };
  void round();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
