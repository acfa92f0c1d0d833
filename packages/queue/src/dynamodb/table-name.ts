/** The table of a namespace, as the user's guide names it. */
export function tableName(namespace: string): string {
  return namespace === "default" ? "pm-runner-queue" : `pm-runner-queue-${namespace}`;
}
