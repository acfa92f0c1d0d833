import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { paths } from "../api/paths.ts";
import { request } from "../api/request.ts";
import type { TaskDetail } from "../api/types.ts";
import { Link } from "../router/link.tsx";
import { navigate } from "../router/location.ts";
import { taskPath } from "../router/match-route.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";
import { isFinal } from "../ui/states.ts";
import { say } from "../ui/toast.tsx";

interface TaskActionsProps {
  readonly task: TaskDetail;
  /** What is to be approved stands on the page already. */
  readonly deciding: boolean;
}

/** What a person may do about a task, as far as its state lets them. */
export function TaskActions({ task, deciding }: TaskActionsProps) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const id = task.task_id;
  const act = useMutation({
    mutationFn: async (action: "cancel" | "retry") =>
      (await request<TaskDetail>(paths.act(id, action), { method: "POST", body: {} })).body,
    onSuccess: (answer, action) => {
      setAsking(false);
      void client.invalidateQueries();
      if (action === "retry") {
        say(`Submitted again as ${answer.task_id}`);
        navigate(taskPath(answer.task_id));
      } else if (task.status === "RUNNING") {
        say("It is being cancelled");
      }
    },
  });
  const ended = isFinal(task.status);
  return (
    <>
      {task.status === "AWAITING_APPROVAL" && !deciding ? (
        <Link className="button button-primary" href={`${taskPath(id, "evidence")}#approve`}>
          Look and approve
        </Link>
      ) : null}
      {ended ? (
        <Button busy={act.isPending} onClick={() => act.mutate("retry")}>
          Try again
        </Button>
      ) : (
        <Button disabled={task.cancel_requested} look="danger" onClick={() => setAsking(true)}>
          Cancel task
        </Button>
      )}
      {act.isError && !asking ? <ProblemCard error={act.error} /> : null}
      {asking ? (
        <Dialog look="sheet" onClose={() => setAsking(false)} title={`Cancel ${id}?`}>
          <p>
            {task.status === "RUNNING"
              ? "Its agent is stopped, and nothing of what it did lands in the project. Evidence stays."
              : "It will not run. Evidence of what it did so far stays."}
          </p>
          {act.isError ? <ProblemCard error={act.error} /> : null}
          <div className="dialog-actions">
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button busy={act.isPending} look="danger" onClick={() => act.mutate("cancel")}>
              Cancel task
            </Button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
