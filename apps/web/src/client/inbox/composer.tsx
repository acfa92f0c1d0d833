import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import "./composer.css";
import { paths } from "../api/paths.ts";
import { queries } from "../api/queries.ts";
import { request } from "../api/request.ts";
import type { NewTask, TaskDetail } from "../api/types.ts";
import { navigate } from "../router/location.ts";
import { taskPath } from "../router/match-route.ts";
import { Button } from "../ui/button.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";
import { say } from "../ui/toast.tsx";
import { ComposerOptions } from "./composer-options.tsx";
import { type Draft, type DraftProblem, EMPTY_DRAFT, toRequest } from "./draft.ts";
import { readDraft, writeDraft } from "./stored-draft.ts";
import { forgetSubmission, submissionKey } from "./submission-key.ts";

interface ComposerProps {
  readonly autoFocus?: boolean;
  /** A group to be used unless another one is chosen. */
  readonly group?: string;
  readonly onDone?: () => void;
}

/** Where a task is written. Nothing typed is lost: it is stored at every key, and taken out only once the server has it. */
export function Composer({ autoFocus = false, group, onDone }: ComposerProps) {
  const client = useQueryClient();
  const groups = useInfiniteQuery(queries.groups());
  const [draft, setDraft] = useState<Draft>(() => {
    const stored = readDraft();
    return group === undefined || stored.prompt !== "" ? stored : { ...stored, group };
  });
  const [problem, setProblem] = useState<DraftProblem | null>(null);
  const promptId = useId();
  const groupId = useId();
  const listId = useId();
  const form = useRef<HTMLFormElement>(null);

  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    writeDraft(next);
    if (problem) setProblem(null);
  };

  const submit = useMutation({
    mutationFn: async (body: NewTask) => {
      const headers = { "idempotency-key": submissionKey(JSON.stringify(body)) };
      return (await request<TaskDetail>(paths.submit, { method: "POST", body, headers })).body;
    },
    onSuccess: (task) => {
      forgetSubmission();
      const next = { ...EMPTY_DRAFT, group: draft.group, kind: draft.kind };
      setDraft(next);
      writeDraft(next);
      client.setQueryData(["task", task.task_id], task);
      void client.invalidateQueries({ queryKey: ["tasks"] });
      void client.invalidateQueries({ queryKey: ["groups"] });
      say(`Submitted as ${task.task_id}`);
      onDone?.();
      navigate(taskPath(task.task_id));
    },
  });

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (submit.isPending) return;
    const made = toRequest(draft);
    if ("body" in made) submit.mutate(made.body);
    else {
      setProblem(made);
      form.current?.querySelector<HTMLElement>(`[name=${made.field}]`)?.focus();
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send(event);
  };

  return (
    <form className="composer" noValidate onKeyDown={onKey} onSubmit={send} ref={form}>
      <label className="sr-only" htmlFor={promptId}>
        What is to be done?
      </label>
      <textarea
        aria-invalid={problem?.field === "prompt"}
        // biome-ignore lint/a11y/noAutofocus: only in the sheet that was opened for writing
        autoFocus={autoFocus}
        className="composer-prompt"
        data-composer={autoFocus ? undefined : true}
        id={promptId}
        name="prompt"
        onChange={(event) => change({ prompt: event.target.value })}
        placeholder="What is to be done?"
        rows={3}
        value={draft.prompt}
      />
      <div className="composer-row">
        <label className="composer-group" htmlFor={groupId}>
          <span className="muted small">Group</span>
          <input
            aria-invalid={problem?.field === "group"}
            autoCapitalize="off"
            autoComplete="off"
            autoCorrect="off"
            id={groupId}
            list={listId}
            name="group"
            onChange={(event) => change({ group: event.target.value })}
            placeholder="a new one"
            spellCheck={false}
            value={draft.group}
          />
        </label>
        <datalist id={listId}>
          {groups.data?.pages.flatMap(({ items }) =>
            items.map(({ task_group_id: id }) => <option key={id} value={id} />),
          )}
        </datalist>
        <span className="composer-hint muted small">
          <kbd>{/Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl"}</kbd> <kbd>Enter</kbd>
        </span>
        <Button busy={submit.isPending} look="primary" type="submit">
          {submit.isPending ? "Submitting" : "Submit task"}
        </Button>
      </div>
      {problem ? (
        <p className="composer-problem" role="alert">
          {problem.message}
        </p>
      ) : null}
      {submit.isError ? (
        <>
          <ProblemCard error={submit.error} onRetry={() => send()} />
          <p className="muted small">It was not submitted. What you wrote is kept.</p>
        </>
      ) : null}
      <ComposerOptions draft={draft} onChange={change} problem={problem} />
    </form>
  );
}
