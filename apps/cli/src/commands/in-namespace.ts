import { DEFAULT_NAMESPACE } from "./options.ts";

/** @returns a command line that is about the same namespace as the one that led to it. */
export function inNamespace<T extends string | null>(command: T, namespace: string): T | string {
  if (command === null || namespace === DEFAULT_NAMESPACE) return command;
  return command.includes(" --namespace ") ? command : `${command} --namespace ${namespace}`;
}
