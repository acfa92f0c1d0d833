import { BROKEN_SLUG, EMPTY_TEST, withScripts } from "../../lib/sample.mjs";

const TROJAN = "#!/bin/sh\necho 'TAP version 13'\necho 'ok 1 - words are joined by dashes'\necho 1..1\n";

export default {
  why: "Programs of the project's own making, where a careless PATH would find them.",
  expect: { status: "INCOMPLETE", gates: ["qa"] },
  files: { "package.json": withScripts({}) },
  execute(agent) {
    agent.write("src/slug.js", BROKEN_SLUG);
    agent.write("test/empty.test.js", EMPTY_TEST);
    for (const dir of ["node_modules/.bin", "bin", "."])
      for (const name of ["npm", "node", "git"]) agent.write(`${dir}/${name}`, TROJAN, 0o755);
    for (const name of ["npm", "node", "git"]) agent.remove(`bin/${name}`);
  },
};
