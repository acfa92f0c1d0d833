import { documentsOf } from "../../lib/documents.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A document that could not be used was given again, and better.",
  expect: { status: "COMPLETE" },
  plan: (agent) =>
    agent.prompt.includes("could not be used") ? documentsOf().plan : { scope: "everything" },
  execute: doTheWork,
};
