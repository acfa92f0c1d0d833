/** Adds work that was begun, and how it goes on record. */
export type AddStep = <T>(work: Promise<T>, record: (value: T) => void) => void;

/**
 * Work that runs side by side and goes on record in the order in which it was added, each piece as soon as its turn is.
 * Rejects with what `begin` throws, or with the first failure in that order, and only when nothing is at work any more.
 */
export async function inSteps(begin: (add: AddStep) => Promise<void>): Promise<void> {
  const begun: { work: Promise<unknown>; record(): Promise<void> }[] = [];
  const add: AddStep = (work, record) => {
    // Heard of when its turn comes; until then nobody would.
    work.catch(() => {});
    begun.push({ work, record: async () => record(await work) });
  };
  try {
    await begin(add);
    for (const step of begun) await step.record();
  } finally {
    await Promise.allSettled(begun.map(({ work }) => work));
  }
}
