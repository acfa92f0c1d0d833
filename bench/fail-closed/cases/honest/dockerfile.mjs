export default {
  why: "A Dockerfile's base image, with a file check.",
  expect: { status: "COMPLETE" },
  files: { Dockerfile: "FROM node:18\nCOPY . .\n" },
  task: {
    prompt: "Use node:22 as the base image in the Dockerfile.",
    scope: ["Dockerfile"],
    checks: [{ type: "file", path: "Dockerfile", contains: "FROM node:22" }],
  },
  execute: (agent) => agent.edit("Dockerfile", "node:18", "node:22"),
};
