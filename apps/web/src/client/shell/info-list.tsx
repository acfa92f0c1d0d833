import "../ui/info-list.css";
import type { Info } from "../api/types.ts";

const WORKER = {
  running: "runs in this server",
  off: "none in this server",
  failing: "failing: see the server's log",
} as const;

/** What this server is. */
export function InfoList({ info }: { readonly info: Info }) {
  const rows = [
    ["Project", info.project],
    ["Namespace", info.namespace],
    ["Queue", `${info.queue.engine}, ${info.queue.place}`],
    ["Worker", WORKER[info.worker]],
    ["Version", info.version],
  ] as const;
  return (
    <dl className="info-list">
      {rows.map(([name, value]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd className="wrap">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
