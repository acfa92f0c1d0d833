import type { Claim, ClaimedTask, EndState, SeenLease, TaskQueue } from "@pm/core";
import fc from "fast-check";
import { expect } from "vitest";
import { outcome, payload, submission } from "./kit.ts";
import {
  claimable,
  end,
  holds,
  isBlocked,
  type ModelClaim,
  type ModelLease,
  type ModelTask,
  type QueueModel,
  take,
  unmoved,
} from "./queue-model.ts";

/** The engine under test, and what its clients remember, each beside what the model knows of it. */
export interface ModelledQueue {
  readonly exactOrder: boolean;
  /** Two that are open at the same time, as of two processes. */
  readonly queues: TaskQueue[];
  reopen(which: number): Promise<void>;
  claims: { readonly real: Claim; readonly model: ModelClaim }[];
  leases: { readonly real: SeenLease; readonly model: ModelLease }[];
}

export type QueueCommand = fc.AsyncCommand<QueueModel, ModelledQueue>;
type Run = (model: QueueModel, real: ModelledQueue) => Promise<void>;

const command = (label: string, run: Run): QueueCommand => ({
  check: () => true,
  run,
  toString: () => label,
});

const pick = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)];
const queueOf = (real: ModelledQueue, which: number) => real.queues[which] as TaskQueue;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error) => error?.code ?? error,
  );

/** The task is in the queue what it is in the model. */
async function expectSame(real: ModelledQueue, which: number, task: ModelTask): Promise<void> {
  const found = await queueOf(real, which).get(task.id);
  expect(
    {
      state: found.state,
      project: found.project,
      fence: found.fence,
      deaths: found.deaths,
      worker: found.claim?.worker_id ?? null,
      session: found.session?.session_id ?? null,
      ...(task.state === "RUNNING" ? { cancelRequested: found.cancel_requested } : {}),
    },
    task.id,
  ).toEqual({
    state: task.state,
    project: task.project,
    fence: task.fence,
    deaths: task.deaths,
    worker: task.worker,
    session: task.session,
    ...(task.state === "RUNNING" ? { cancelRequested: task.cancelRequested } : {}),
  });
}

/** Takes over into the model what a claim of "the next" gave, after a look at whether it was allowed. */
function accept(real: ModelledQueue, got: ClaimedTask | null, allowed: readonly ModelTask[], worker: string) {
  if (!got) {
    if (real.exactOrder) expect(allowed.map(({ id }) => id)).toEqual([]);
    return;
  }
  const task = allowed.find(({ id }) => id === got.task.task_id);
  if (!task) throw new Error(`${got.task.task_id} was claimed, but may not be`);
  if (real.exactOrder) expect(task.id, "the oldest").toBe(allowed[0]?.id);
  remember(real, got.claim, take(task, worker));
}

function remember(real: ModelledQueue, claim: Claim, model: ModelClaim) {
  expect(claim).toEqual({ taskId: model.task.id, workerId: model.worker, fence: model.fence });
  real.claims.push({ real: claim, model });
}

const which = fc.nat({ max: 1 });
const at = fc.nat({ max: 30 });
const group = fc.constantFrom("a", "b", "c");
const project = fc.constantFrom("p", "q");
const projects = fc.constantFrom<string[]>(["p"], ["q"], ["p", "q"]);
const worker = fc.constantFrom("w1", "w2", "w3");
const ending = fc.constantFrom<EndState>("COMPLETE", "COMPLETE", "ERROR", "AWAITING_APPROVAL", "CANCELLED");
const lease = (workerId: string) => ({ workerId, leaseMs: 1_000 });

const submitting = fc
  .record({
    which,
    group,
    project,
    prompt: fc.constantFrom("x", "y"),
    key: fc.option(fc.constantFrom("k1", "k2", "k3"), { freq: 2 }),
    claimer: fc.option(worker, { freq: 2 }),
  })
  .map((asked) =>
    command(`submit ${JSON.stringify(asked)}`, async (model, real) => {
      const { which, group, project, prompt, key, claimer } = asked;
      const submit = queueOf(real, which).submit(
        submission(group, {
          project,
          payload: payload(prompt),
          ...(key ? { idempotencyKey: key } : {}),
          ...(claimer ? { claim: lease(claimer) } : {}),
        }),
      );
      const what = JSON.stringify([group, project, prompt]);
      const known = key ? model.keys.get(key) : undefined;
      if (known) {
        if (known.asked !== what) return expect(await codeOf(submit)).toBe("E415");
        const again = await submit;
        expect([again.created, again.claim, again.task.task_id]).toEqual([false, null, known.task.id]);
        return;
      }
      const { task: made, created, claim } = await submit;
      expect(created).toBe(true);
      expect(model.tasks.map(({ id }) => id)).not.toContain(made.task_id);
      const task: ModelTask = {
        id: made.task_id,
        group,
        project,
        state: "QUEUED",
        fence: 0,
        deaths: 0,
        cancelRequested: false,
        worker: null,
        renewals: 0,
        session: null,
      };
      model.tasks.push(task);
      if (key) model.keys.set(key, { task, asked: what });
      const may = claimer !== null && !isBlocked(model, task);
      expect(claim !== null, "claimed with the submission").toBe(may);
      if (claim && claimer) remember(real, claim, take(task, claimer));
      await expectSame(real, 1 - which, task);
    }),
  );

const claimingNext = fc.record({ which, worker, projects, leave: fc.option(at, { freq: 3 }) }).map((asked) =>
  command(`claimNext ${JSON.stringify(asked)}`, async (model, real) => {
    const leave = asked.leave === null ? undefined : pick(model.tasks, asked.leave)?.id;
    const except = leave === undefined ? [] : [leave];
    const request = { ...lease(asked.worker), projects: asked.projects, except };
    const allowed = claimable(model, asked.projects, except);
    const got = await queueOf(real, asked.which).claimNext(request);
    accept(real, got, allowed, asked.worker);
  }),
);

const claimingById = fc.record({ which, worker, at }).map((asked) =>
  command(`claim ${JSON.stringify(asked)}`, async (model, real) => {
    const task = pick(model.tasks, asked.at);
    if (!task) return;
    const claim = queueOf(real, asked.which).claim(task.id, lease(asked.worker));
    const may = ["QUEUED", "AWAITING_APPROVAL"].includes(task.state) && !isBlocked(model, task);
    if (may) remember(real, (await claim).claim, take(task, asked.worker));
    else expect(await codeOf(claim)).toBe("E411");
    await expectSame(real, 1 - asked.which, task);
  }),
);

/** What a holder does with a claim that it has, or believes to have. */
const using = <T>(
  label: string,
  use: (queue: TaskQueue, claim: Claim) => Promise<T>,
  then: (task: ModelTask, answer: T, model: QueueModel, real: ModelledQueue) => void,
) =>
  fc.record({ which, at }).map((asked) =>
    command(`${label} ${JSON.stringify(asked)}`, async (model, real) => {
      const held = pick([...real.claims].reverse(), asked.at);
      if (!held) return;
      const pending = use(queueOf(real, asked.which), held.real);
      if (holds(held.model)) then(held.model.task, await pending, model, real);
      else expect(await codeOf(pending)).toBe("E412");
      await expectSame(real, 1 - asked.which, held.model.task);
    }),
  );

const renewing = using(
  "renew",
  (queue, claim) => queue.renew(claim),
  (task, answer) => {
    expect(answer).toEqual({ cancelRequested: task.cancelRequested });
    task.renewals++;
  },
);
const releasing = using(
  "release",
  (queue, claim) => queue.release(claim),
  (task) => {
    task.state = "QUEUED";
    task.worker = null;
  },
);
const binding = project.chain((to) =>
  using(
    `bind to ${to}`,
    (queue, claim) => queue.bind(claim, { sessionId: `s-${to}`, place: "here", project: to }),
    (task) => {
      task.project = to;
      task.session = `s-${to}`;
    },
  ),
);
const finishing = fc
  .record({ state: ending, next: fc.option(worker, { freq: 2 }) })
  .chain(({ state, next }) =>
    using(
      `finish ${state}, next for ${next}`,
      (queue, claim) => {
        const request = next ? { ...lease(next), projects: ["p", "q"] } : undefined;
        return queue.finish(claim, { state, outcome: outcome(state) }, request);
      },
      (task, answer, model, real) => {
        end(task, state);
        if (next) accept(real, answer, claimable(model, ["p", "q"]), next);
        else expect(answer).toBeNull();
      },
    ),
  );

const aboutTask = (label: string, run: (queue: TaskQueue, task: ModelTask) => Promise<void>) =>
  fc.record({ which, at }).map((asked) =>
    command(`${label} ${JSON.stringify(asked)}`, async (model, real) => {
      const task = pick(model.tasks, asked.at);
      if (!task) return;
      await run(queueOf(real, asked.which), task);
      await expectSame(real, 1 - asked.which, task);
    }),
  );

const cancelling = aboutTask("cancel", async (queue, task) => {
  const cancel = queue.cancel(task.id, outcome("not wanted"));
  if (task.state === "RUNNING") task.cancelRequested = true;
  else if (["QUEUED", "AWAITING_APPROVAL", "CANCELLED"].includes(task.state)) task.state = "CANCELLED";
  else return expect(await codeOf(cancel)).toBe("E411");
  expect((await cancel).state).toBe(task.state);
});
const approving = aboutTask("approve", async (queue, task) => {
  const approve = queue.approve(task.id);
  if (task.state !== "AWAITING_APPROVAL") return expect(await codeOf(approve)).toBe("E411");
  task.state = "QUEUED";
  expect((await approve).state).toBe("QUEUED");
});

const looking = fc.record({ which, projects }).map((asked) =>
  command(`look at the leases ${JSON.stringify(asked)}`, async (model, real) => {
    const found = await queueOf(real, asked.which).running(asked.projects);
    const expected = model.tasks.filter(
      ({ state, project }) => state === "RUNNING" && asked.projects.includes(project),
    );
    expect(found.map(({ task_id }) => task_id).sort()).toEqual(expected.map(({ id }) => id).sort());
    for (const { task_id, claim } of found) {
      const task = expected.find(({ id }) => id === task_id);
      if (!task || !claim) throw new Error(`${task_id} runs without a claim`);
      const { fence, beat } = claim;
      const model = { task, fence: task.fence, renewals: task.renewals };
      real.leases.push({ real: { taskId: task_id, fence, beat }, model });
    }
  }),
);
const takingOver = fc.record({ which, worker, at, givingUp: fc.nat({ max: 3 }) }).map((asked) =>
  command(`take over or give up ${JSON.stringify(asked)}`, async (_, real) => {
    const seen = pick([...real.leases].reverse(), asked.at);
    if (!seen) return;
    const { task } = seen.model;
    const may = unmoved(seen.model);
    const queue = queueOf(real, asked.which);
    if (may) task.deaths++;
    if (asked.givingUp === 0) {
      expect(await queue.giveUp(seen.real, outcome("its workers died"))).toBe(may);
      if (may) end(task, "ERROR");
    } else {
      const over = await queue.takeOver(seen.real, lease(asked.worker));
      expect(over !== null, "taken over").toBe(may);
      if (over) remember(real, over.claim, take(task, asked.worker));
    }
    await expectSame(real, 1 - asked.which, task);
  }),
);

const crashing = worker.map((who) =>
  command(`crash of ${who}`, async (_, real) => {
    real.claims = real.claims.filter(({ model }) => model.worker !== who);
  }),
);
const reopening = which.map((queue) =>
  command(`close and open again ${queue}`, (_, real) => real.reopen(queue)),
);
const counting = fc.record({ which, group }).map((asked) =>
  command(`count ${JSON.stringify(asked)}`, async (model, real) => {
    const queue = queueOf(real, asked.which);
    const { counts, oldest_waiting_at } = await queue.stats();
    for (const [state, count] of Object.entries(counts))
      expect(count, state).toBe(model.tasks.filter((task) => task.state === state).length);
    expect(oldest_waiting_at !== null).toBe(counts.QUEUED > 0);
    const expected = model.tasks.filter((task) => task.group === asked.group);
    if (expected.length === 0) return;
    const { items } = await queue.listTasks({ groupId: asked.group }, { limit: 100 });
    expect(items.map(({ task_id, state }) => [task_id, state])).toEqual(
      expected.map(({ id, state }) => [id, state]),
    );
  }),
);

/** Every command; those that lead on are there more often than those that end something. */
export const queueCommands = [
  submitting,
  submitting,
  claimingNext,
  claimingNext,
  claimingById,
  renewing,
  releasing,
  binding,
  finishing,
  finishing,
  cancelling,
  approving,
  looking,
  takingOver,
  crashing,
  reopening,
  counting,
];
