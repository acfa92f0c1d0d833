/** Lets at most `limit` pieces of work run at once; the others wait in order. */
export interface Semaphore {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** How many wait; the deadlock watchdog looks at it. */
  readonly waiting: number;
}

export function createSemaphore(limit: number): Semaphore {
  const queue: (() => void)[] = [];
  let free = limit;
  const acquire = async () => {
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve) => queue.push(resolve));
  };
  const release = () => {
    const next = queue.shift();
    if (next) next();
    else free += 1;
  };
  return {
    get waiting() {
      return queue.length;
    },
    async run(work) {
      await acquire();
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
