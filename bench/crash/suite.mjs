/**
 * All kinds of the crash suite, run one after the other on one lane: each makes lists of cases from the seed. Of those that count
 * calls every n-th is run; what there is no time for is said to be not run.
 */
import { countApprovalCalls, killAroundApproval, prepareApproval } from "./kinds/approval.mjs";
import { createDamage, planDamage, prepareDamage } from "./kinds/damage.mjs";
import { FAULTS, failAt } from "./kinds/fault.mjs";
import { FLOWS, killAt, listCalls, prepare } from "./kinds/kill.mjs";
import { HOLDERS, holdWith } from "./kinds/pid.mjs";
import { createSimulation } from "./kinds/simulation.mjs";
import { loadCoreParts } from "./support/core-parts.mjs";
import { createLane } from "./support/lane.mjs";
import { createRandom } from "./support/random.mjs";
import { createTally } from "./support/tally.mjs";

const KINDS = ["simulation", "damage", "pid", "approval", "kill", "fault"];
const APPROVALS = 200;
const SIMULATIONS = 10_000;
/** Every so many damages are also looked at by the commands, which take a hundred times as long. */
const VIA_COMMANDS = 100;

/**
 * @param {{ seed: number, flows?: string[], kinds?: string[], every?: number, minutes?: number, only?: string, approvals?: number,
 *   simulations?: number, limit?: number, say?: (text: string) => void }} options `limit` is the most cases of one list; `only` is
 *   one case as `repeat` names it
 * @returns the rows of the table, the figures, the findings and what there was no time for
 */
export async function runSuite(options) {
  const {
    seed,
    flows = Object.keys(FLOWS),
    kinds = KINDS,
    minutes = Number.POSITIVE_INFINITY,
    only,
    say,
  } = options;
  const until = performance.now() + minutes * 60_000;
  const tally = createTally();
  const notRun = [];
  const lane = createLane();
  const listed = new Map();
  const callsOf = async (flow) => {
    if (!listed.has(flow)) listed.set(flow, await listCalls(lane, flow));
    return listed.get(flow);
  };
  const context = { lane, flows, options, callsOf };
  const wanted = only === undefined ? kinds : [only.split(":")[0]];
  try {
    await prepare(lane);
    for (const kind of KINDS.filter((one) => wanted.includes(one))) {
      for (const { name, cases, every = 1 } of await LISTS[kind]({
        ...context,
        random: createRandom(seed),
      })) {
        const chosen =
          only === undefined ? thin(cases, every, options) : cases.filter((one) => one.repeat === only);
        let done = 0;
        for (; done < chosen.length && performance.now() < until; done += 1) {
          const { repeat, run } = chosen[done];
          const one = await run();
          tally.add({ ...one, repeat });
          for (const { figure, what } of one.found) say?.(`${repeat}: ${figure}: ${what.slice(0, 300)}`);
        }
        if (chosen.length > 0) say?.(`${name}: ${done} of ${chosen.length}`);
        if (done < chosen.length) notRun.push(`${name}: ${chosen.length - done} of ${chosen.length}`);
      }
    }
  } finally {
    lane.remove();
  }
  return { figures: tally.figures(), rows: tally.rows(), findings: tally.findings(), notRun };
}

/**
 * Every n-th, beginning anywhere, so that another seed looks at others; at most `limit`, spread over all but the last tenth: another
 * run of the same flow may have a few calls less, and a sample is to hit.
 */
function thin(cases, every, { limit, seed }) {
  const sure = limit === undefined ? cases : cases.slice(0, Math.ceil(cases.length * 0.9));
  const step = Math.max(every, Math.ceil(sure.length / (limit ?? sure.length)));
  return sure.filter((_, index) => index % step === seed % step);
}

const numbers = (count) => Array.from({ length: count }, (_, index) => index + 1);

/** Each makes lists of cases: `repeat` names a case for `--only`, together with the seed. */
const LISTS = {
  async simulation({ lane, options }) {
    const simulate = createSimulation(await loadCoreParts(lane.folder));
    const cases = numbers(options.simulations ?? SIMULATIONS).map((index) => ({
      repeat: `simulation:${index}`,
      run: async () => simulate(createRandom(options.seed + index)),
    }));
    return [{ name: "simulation", cases }];
  },
  async kill({ lane, flows, random, callsOf, options }) {
    const lists = [];
    for (const flow of flows) {
      const halves = new Map();
      const calls = (await callsOf(flow)).filter((kind) => kind !== "read");
      const cases = numbers(calls.length).map((at) => {
        halves.set(at, random.below(2) === 1);
        return { repeat: `kill:${flow}:${at}`, run: () => killAt(lane, flow, at, halves.get(at)) };
      });
      lists.push({ name: `kill in ${flow}`, cases, every: options.every });
    }
    return lists;
  },
  async fault({ lane, flows, callsOf, options }) {
    const lists = [];
    for (const flow of flows) {
      for (const [fault, order] of Object.entries(FAULTS)) {
        const kinds = order.readsToo ? [...order.kinds, "read"] : order.kinds;
        const calls = (await callsOf(flow)).filter((kind) => kinds.includes(kind));
        const cases = numbers(calls.length).map((at) => ({
          repeat: `fault:${flow}:${fault}:${at}`,
          run: () => failAt(lane, flow, fault, at),
        }));
        lists.push({ name: `${fault} in ${flow}`, cases, every: options.every });
      }
    }
    return lists;
  },
  async damage({ lane, random }) {
    await prepareDamage(lane);
    return ["complete", "open"].flatMap((state) => {
      const plan = planDamage(lane, state, { random, records: 4, stride: 16 });
      const damage = createDamage(lane, state, plan);
      return ["cuts", "flips"].map((what) => ({
        name: `${what}, ${state} session`,
        cases: plan[what].map((one, index) => ({
          repeat: `damage:${state}:${what}:${index}`,
          run: () => damage(one, index % VIA_COMMANDS === 0),
        })),
      }));
    });
  },
  async pid({ lane }) {
    const cases = Object.keys(HOLDERS).map((name) => ({
      repeat: `pid:${name}`,
      run: () => holdWith(lane, name),
    }));
    return [{ name: "pid reuse", cases }];
  },
  async approval({ lane, random, options }) {
    await prepareApproval(lane);
    const lists = [];
    for (const command of ["approve", "continue"]) {
      const calls = await countApprovalCalls(lane, command);
      const cases = numbers((options.approvals ?? APPROVALS) / 2).map((index) => {
        const at = 1 + random.below(calls);
        const half = random.below(2) === 1;
        return {
          repeat: `approval:${command}:${index}`,
          run: () => killAroundApproval(lane, command, at, half),
        };
      });
      lists.push({ name: `kill in ${command} of an approval`, cases });
    }
    return lists;
  },
};
