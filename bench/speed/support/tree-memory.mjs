import { readdirSync, readFileSync } from "node:fs";

const EVERY_MS = 25;

/**
 * Watches the resident memory of a process and all below it, what they share counted for each. Linux alone.
 * @param {number} pid
 * @returns {() => number} ends it and gives the greatest sum that was seen, in MB
 */
export function watchTreeMemory(pid) {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, treeOf(pid).reduce((sum, one) => sum + rssKb(one), 0) / 1024);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    return most;
  };
}

function treeOf(root) {
  const children = new Map();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${name}/status`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

const rssKb = (pid) => Number(/^VmRSS:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
