/**
 * The checkouts of one task.
 *
 * Owns the folders below `dir` that it made; talks to the snapshot store. Writing a checkout costs time for every file,
 * so spare ones of the base are made while agents run and turned into what is needed by writing the difference alone.
 * Invariants:
 * K1 what is given out was written from the tree by our own git and nothing has run in it;
 * K2 a shared checkout is only ever given to what can't alter it;
 * K3 nothing of it is at work any more once `end` returns.
 */
import * as path from "node:path";
import type { TreeId } from "../evidence/change.ts";
import type { Checkout, SnapshotStore } from "../workspace/types.ts";

export interface Checkouts {
  /** One checkout of `tree` for all that only read it, or write to a layer above it. */
  shared(tree: TreeId): Promise<Checkout>;
  /** A checkout of `tree` for one user, who gives it back. */
  own(tree: TreeId): Promise<Checkout>;
  /** Removes a checkout from `own`, in the background. */
  giveBack(checkout: Checkout): void;
  /** Begins to make `count` spare checkouts of `base`, one after the other. */
  prepare(base: TreeId, count: number): void;
  /** Removes the shared checkout of `tree`, in the background: nobody uses it any more. A later one is made afresh. */
  drop(tree: TreeId): void;
  /** So with all that are shared or spare. */
  clear(): void;
  /** Stops making and removing and waits for what was begun; what is left goes with the folder. */
  end(): Promise<void>;
}

interface Spare {
  readonly tree: TreeId;
  readonly made: Promise<Checkout | null>;
}

export function createCheckouts(store: SnapshotStore, dir: string): Checkouts {
  const shared = new Map<TreeId, Promise<Checkout>>();
  const spares: Spare[] = [];
  const underWay = new Set<Promise<unknown>>();
  let count = 0;
  let ended = false;

  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled: Promise<unknown> = work.then(
      () => underWay.delete(settled),
      () => underWay.delete(settled),
    );
    underWay.add(settled);
    return work;
  };
  const fresh = (tree: TreeId) => {
    count += 1;
    return store.checkout(tree, path.join(dir, `tree-${count}`));
  };

  async function make(tree: TreeId): Promise<Checkout> {
    const spare = spares.shift();
    const checkout = await spare?.made;
    if (!spare || !checkout) return fresh(tree);
    if (spare.tree !== tree) await checkout.turnInto(spare.tree, tree);
    return checkout;
  }

  /** One at a time: more would hold up what they are to make room for. */
  let removing: Promise<unknown> = Promise.resolve();
  const remove = (made: Promise<Checkout | null>) => {
    // What can't be removed now goes with the session's folder, whose removal says why it can't be.
    const removed = removing.then(async () => (ended ? undefined : (await made)?.remove()));
    removing = track(removed.catch(() => {}));
  };

  return {
    shared(tree) {
      const found = shared.get(tree);
      if (found) return found;
      const made = track(make(tree));
      shared.set(tree, made);
      // A later attempt of the task may have better luck.
      made.catch(() => shared.delete(tree));
      return made;
    },
    own: (tree) => track(make(tree)),
    giveBack: (checkout) => remove(Promise.resolve(checkout)),
    drop(tree) {
      const made = shared.get(tree);
      shared.delete(tree);
      if (made) remove(made);
    },
    clear() {
      const unused = [...shared.values(), ...spares.splice(0).map(({ made }) => made)];
      shared.clear();
      for (const made of unused) remove(made);
    },
    prepare(base, wanted) {
      let before: Promise<unknown> = shared.get(base) ?? Promise.resolve();
      for (let n = 0; n < wanted; n += 1) {
        // A spare that could not be made is made when it is needed, and then its failure is heard of.
        const made: Promise<Checkout | null> = track(
          before.then(() => (ended ? null : fresh(base))).catch(() => null),
        );
        spares.push({ tree: base, made });
        before = made;
      }
    },
    async end() {
      ended = true;
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
