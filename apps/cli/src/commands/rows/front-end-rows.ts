import type { CommandSpec } from "../command.ts";
import { MAX_COST_OPTION, NAMESPACE_OPTION, PLACE_OPTIONS } from "../options.ts";

/** The front ends that stay: the REPL and the web server. */
export const FRONT_END_ROWS: readonly CommandSpec[] = [
  {
    name: "repl",
    summary: "Work interactively: type tasks and commands, watch, approve",
    details:
      "Type what is to be done, or /help. It runs tasks of its namespace while it is open. Without a terminal it reads lines from standard input and prints plain results; it then exits 1 where a line ended in an error.",
    arguments: [],
    options: [
      ...PLACE_OPTIONS,
      MAX_COST_OPTION,
      { name: "no-worker", summary: "Run no tasks here; they wait for another worker" },
      { name: "screen-reader", summary: "Only append lines, and draw nothing over" },
    ],
    examples: [
      { line: "pm repl", note: "in the current folder" },
      { line: "printf '%s\\n' 'Fix the typo in README.md' /diff | pm repl", note: "from a script" },
    ],
    load: async () => (await import("../repl.ts")).run,
  },
  {
    name: "web",
    summary: "Serve the web UI and its REST API",
    details:
      "On this machine alone, at http://localhost:5678 (5679 for namespace dev, a fixed port of its own for another one). It runs tasks of its project. Behind a tunnel, name the tunnel's host: whoever comes that way logs in with a link that is printed. Ctrl-C lets what runs finish for 30 s; again hands it back at once.",
    arguments: [],
    options: [
      {
        name: "port",
        value: "number",
        summary: "Port to listen on (default: the namespace's; 0: any free one)",
      },
      { name: "background", summary: "Run on its own; returns once the server answers (see pm web-stop)" },
      { name: "no-worker", summary: "Run no tasks here; they wait for another worker" },
      {
        name: "public-host",
        value: "host",
        multiple: true,
        summary: "Host name under which a tunnel brings requests here",
      },
      {
        name: "auth",
        value: "when",
        choices: ["local", "always"],
        summary: "Who logs in: local (default), only who comes from elsewhere; always, everybody",
      },
      ...PLACE_OPTIONS,
    ],
    examples: [
      { line: "pm web", note: "on port 5678, until Ctrl-C" },
      { line: "pm web --background --namespace dev", note: "a server of its own, on port 5679" },
      { line: "pm web --public-host pm.example.com", note: "for a phone, through a tunnel to port 5678" },
    ],
    load: async () => (await import("../../run-part.ts")).webCommand,
  },
  {
    name: "web-stop",
    summary: "Stop a web server",
    details:
      "What its worker runs goes back to the queue, or waits for you where an agent was interrupted. A server that does not end within 10 s is killed.",
    arguments: [],
    options: [
      { name: "port", value: "number", summary: "The server on this port, whatever its namespace" },
      { ...NAMESPACE_OPTION, summary: "Namespace whose servers are stopped (default: default)" },
    ],
    examples: [
      { line: "pm web-stop", note: "the default namespace's" },
      { line: "pm web-stop --port 5679", note: "the one on this port" },
    ],
    load: async () => (await import("../../run-part.ts")).webStopCommand,
  },
];
