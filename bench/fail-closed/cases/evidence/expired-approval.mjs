import { doTheWork } from "../../lib/sample.mjs";

/** Loaded into `pm` before anything else: it is tomorrow. */
const TOMORROW = `data:text/javascript,${encodeURIComponent(`
  const RealDate = Date;
  const ahead = 25 * 3_600_000;
  globalThis.Date = class extends RealDate {
    constructor(...given) { given.length > 0 ? super(...given) : super(RealDate.now() + ahead); }
    static now() { return RealDate.now() + ahead; }
  };
`)}`;

export default {
  why: "An approval that nobody used for a day is void: the person has to look again.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  execute(agent) {
    doTheWork(agent);
    agent.edit("test/slug.test.js", 'test("a word', 'test.skip("a word');
  },
  async act(session) {
    const first = await session.start();
    await session.pm(["approve", first.id ?? ""]);
    const later = await session.pm(["continue", first.id ?? "", "--json"], {
      NODE_OPTIONS: `--import=${TOMORROW}`,
    });
    if (!later.stdout.includes("E205")) throw new Error(`pm continue says ${later.stdout}${later.stderr}`);
    return session.ask("status", first.id ?? "");
  },
};
