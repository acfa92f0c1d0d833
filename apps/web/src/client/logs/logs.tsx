import { useQuery } from "@tanstack/react-query";
import "./logs.css";
import { isNotFound } from "../api/api-error.ts";
import { queries } from "../api/queries.ts";
import type { Log, TaskDetail } from "../api/types.ts";
import { Link } from "../router/link.tsx";
import { navigate } from "../router/location.ts";
import { taskPath } from "../router/match-route.ts";
import { Empty } from "../ui/empty.tsx";
import { bytes } from "../ui/format.ts";
import { useWide } from "../ui/media.ts";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { isFinal, PHASES } from "../ui/states.ts";
import { visibleText } from "../ui/visible-text.ts";
import { LogView } from "./log-view.tsx";

interface LogsProps {
  readonly task: TaskDetail;
  readonly log: string | null;
}

interface LogGroup {
  readonly word: string;
  readonly logs: readonly Log[];
}

/** Without the phase, under whose name it stands. */
function shortTitle({ title, phase }: Log): string {
  const word = (phase ?? "").charAt(0) + (phase ?? "").slice(1).toLowerCase().replaceAll("_", " ");
  if (word === "" || !title.startsWith(word)) return visibleText(title);
  const rest = title.slice(word.length).replace(/^:? /, "");
  return visibleText(rest.charAt(0).toUpperCase() + rest.slice(1));
}

function byPhase(logs: readonly Log[]): LogGroup[] {
  const groups = [
    { word: "Task", logs: logs.filter(({ phase }) => phase === null) },
    ...PHASES.map(({ phase, word }) => ({ word, logs: logs.filter((log) => log.phase === phase) })),
  ];
  return groups.filter((group) => group.logs.length > 0);
}

/** Everything that was captured of a task: the list, and one of them. */
export default function Logs({ task, log }: LogsProps) {
  const wide = useWide();
  const query = useQuery(queries.logs(task.task_id));
  const logs = query.data?.items ?? [];
  const shown = log ?? "journal";
  if (query.error && !query.data) {
    if (isNotFound(query.error))
      return <Empty title="There is no log yet">It comes once a worker begins.</Empty>;
    return <ProblemCard error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <Skeleton height={36} rows={8} />;
  const groups = byPhase(logs);
  const path = (id: string) => taskPath(task.task_id, "logs", id);
  return (
    <div className="logs">
      {wide ? (
        <nav aria-label="Logs" className="logs-list">
          {groups.map((group) => (
            <div key={group.word}>
              <p className="nav-head">{group.word}</p>
              {group.logs.map((one) => (
                <Link
                  aria-current={one.log_id === shown ? "page" : undefined}
                  className="nav-link"
                  title={visibleText(one.title)}
                  data-row
                  href={path(one.log_id)}
                  key={one.log_id + one.title}
                >
                  <span className="ellipsis">{shortTitle(one)}</span>
                  <span className="logs-size num">{bytes(one.bytes)}</span>
                </Link>
              ))}
            </div>
          ))}
        </nav>
      ) : (
        <label className="logs-pick">
          <span className="sr-only">Log</span>
          <select className="input" onChange={(event) => navigate(path(event.target.value))} value={shown}>
            {groups.map((group) => (
              <optgroup key={group.word} label={group.word}>
                {group.logs.map((one) => (
                  <option key={one.log_id + one.title} value={one.log_id}>
                    {shortTitle(one)} ({bytes(one.bytes)})
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
      )}
      <LogView
        grows={shown === "journal" && !isFinal(task.status)}
        key={shown}
        log={shown}
        taskId={task.task_id}
      />
    </div>
  );
}
