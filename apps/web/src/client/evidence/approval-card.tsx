import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import "./approval-card.css";
import { ApiError } from "../api/api-error.ts";
import { paths } from "../api/paths.ts";
import { queries } from "../api/queries.ts";
import type { Answer } from "../api/request.ts";
import { request } from "../api/request.ts";
import type { Approval, TaskDetail } from "../api/types.ts";
import { DiffCounts } from "../changes/diff-counts.tsx";
import { Link } from "../router/link.tsx";
import { useHash } from "../router/location.ts";
import { taskPath } from "../router/match-route.ts";
import { announce } from "../ui/announce.ts";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { plural } from "../ui/format.ts";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { say } from "../ui/toast.tsx";
import { visibleText } from "../ui/visible-text.ts";
import { approvalWords } from "./approval-words.ts";
import { ViolationList } from "./violations.tsx";

const SHOWN_FILES = 12;

/**
 * The decision, bound to what stands here: the digest of it is shown and sent back, and where it is another one by then,
 * nothing is decided and the new one is shown.
 */
export function ApprovalCard({ task }: { readonly task: TaskDetail }) {
  const client = useQueryClient();
  const hash = useHash();
  const noteId = useId();
  const section = useRef<HTMLElement>(null);
  const id = task.task_id;
  const latest = useQuery(queries.approval(id));
  /** What the person looks at stays until they look at another one: it must not change under the finger. */
  const [seen, setSeen] = useState<Answer<Approval> | null>(null);
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState(false);
  const shown = seen ?? latest.data ?? null;
  const changed = seen !== null && latest.data !== undefined && latest.data.body.digest !== seen.body.digest;

  useEffect(() => {
    if (seen === null && latest.data) setSeen(latest.data);
  }, [seen, latest.data]);
  const ready = shown !== null;
  useEffect(() => {
    if (!ready || hash !== "#approve") return;
    section.current?.scrollIntoView({ block: "start" });
    section.current?.focus({ preventScroll: true });
  }, [ready, hash]);

  const decide = useMutation({
    mutationFn: async ({ body, etag }: Answer<Approval>) => {
      const words = note.trim() === "" ? {} : { note: note.trim() };
      const action = body.effect === "accept" ? "waive" : "approve";
      const headers = { "if-match": etag ?? `"${body.digest}"` };
      await request(paths.act(id, action), { method: "POST", body: words, headers });
    },
    onSuccess: () => {
      say("Approved");
      announce("Approved");
      void client.invalidateQueries();
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 412) void latest.refetch();
    },
  });

  if (latest.error && !shown) {
    return <ProblemCard error={latest.error} onRetry={() => void latest.refetch()} />;
  }
  if (!shown) return <Skeleton height={220} rows={1} />;
  const approval = shown.body;
  const words = approvalWords(approval);
  const send = () => {
    if (words.noteNeeded && note.trim() === "") {
      setMissing(true);
      document.getElementById(noteId)?.focus();
      return;
    }
    decide.mutate(shown);
  };
  const refused = decide.error instanceof ApiError && decide.error.status === 412;
  return (
    <section
      aria-labelledby={`${noteId}title`}
      className="card approval"
      id="approve"
      ref={section}
      tabIndex={-1}
    >
      <h2 id={`${noteId}title`}>{words.title}</h2>
      {changed || refused ? (
        <div className="approval-changed" role="alert">
          <p>
            <strong>It changed meanwhile.</strong> Nothing was decided. Look at it again.
          </p>
          <Button
            onClick={() => {
              setSeen(latest.data ?? null);
              decide.reset();
            }}
          >
            Show it as it is now
          </Button>
        </div>
      ) : null}
      <div>
        <h3 className="approval-part">What stands against it</h3>
        <ViolationList violations={approval.violations} />
      </div>
      <div>
        <h3 className="approval-part">{plural(approval.files.length, "changed file")}</h3>
        <ul className="approval-files mono small">
          {approval.files.slice(0, SHOWN_FILES).map((file) => (
            <li key={file.path}>
              <span className="wrap">{visibleText(file.path)}</span> <DiffCounts {...file} />
            </li>
          ))}
        </ul>
        <Link className="small approval-diff" href={taskPath(id, "changes")}>
          {approval.files.length > SHOWN_FILES
            ? `All ${approval.files.length} files and their diff`
            : "Look at the diff"}
        </Link>
      </div>
      <div>
        <h3 className="approval-part">What your approval does</h3>
        <p>{words.does}</p>
      </div>
      <div className="approval-digest">
        <h3 className="approval-part">Digest of what you see</h3>
        <p className="approval-hash">
          <code>{approval.digest}</code>
          <CopyButton text={approval.digest} what="the digest" />
        </p>
      </div>
      <div className="field">
        <label htmlFor={noteId}>{words.noteNeeded ? "Why (needed)" : "Note"}</label>
        <textarea
          aria-invalid={missing}
          className="input"
          id={noteId}
          maxLength={4000}
          onChange={(event) => {
            setNote(event.target.value);
            setMissing(false);
          }}
          rows={2}
          value={note}
        />
        {missing ? (
          <p className="composer-problem" role="alert">
            A waiver says why: it is what others will read later.
          </p>
        ) : null}
      </div>
      {decide.isError && !refused ? <ProblemCard error={decide.error} /> : null}
      <div className="approval-actions">
        <Button busy={decide.isPending} disabled={changed || refused} look="primary" onClick={send}>
          {words.button}
        </Button>
        <span className="muted small">Not convinced? Cancel the task, or leave it as it is.</span>
      </div>
    </section>
  );
}
