/** What a session knows a task of the queue by: `queue:<namespace>/<task id>`. */
export const refOf = (namespace: string, taskId: string): string => `queue:${namespace}/${taskId}`;

/** @returns null for a ref that no queue gave. */
export function parseRef(ref: string): { readonly namespace: string; readonly taskId: string } | null {
  const { namespace, taskId } = /^queue:(?<namespace>[a-z0-9-]+)\/(?<taskId>.+)$/.exec(ref)?.groups ?? {};
  return namespace === undefined || taskId === undefined ? null : { namespace, taskId };
}
