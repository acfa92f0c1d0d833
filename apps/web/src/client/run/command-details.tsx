import type { CommandView } from "../api/types.ts";
import { commandLine, duration } from "../ui/format.ts";
import { CommandIcon } from "../ui/icons.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { visibleText } from "../ui/visible-text.ts";
import { BlobLinks } from "./blob-links.tsx";

const PURPOSE = { qa: "QA", check: "check" } as const;

/** How a command ended, in a word or two. */
export function endOf({ termination, exit_code, signal }: CommandView): string {
  if (termination === "exited")
    return exit_code === null ? `killed by ${signal ?? "a signal"}` : `exit ${exit_code}`;
  if (termination === "spawn_failed") return "not started";
  return termination === "aborted" ? "stopped by pm" : "stopped at its limit";
}

/** One command that `pm` ran itself: on what, and what came of it. */
export function CommandDetails({ command }: { readonly command: CommandView }) {
  const { tests } = command;
  return (
    <li>
      <details className="step">
        <summary>
          <CommandIcon />
          <code className="ellipsis">{visibleText(commandLine(command.argv))}</code>
          <StateMark of={command.exit_code === 0 ? "passed" : "failed"} size={14} />
          <span className="muted num">{endOf(command)}</span>
        </summary>
        <dl className="step-facts">
          <dt>For</dt>
          <dd>
            {PURPOSE[command.purpose]} {command.id}, on the {command.on}
          </dd>
          <dt>Took</dt>
          <dd className="num">{duration(command.duration_ms)}</dd>
          {tests ? (
            <>
              <dt>Tests</dt>
              <dd className="num">
                {tests.passed} passed, {tests.failed} failed, {tests.skipped} skipped
              </dd>
            </>
          ) : null}
          <dt>Printed</dt>
          <dd>
            {command.stdout.bytes + command.stderr.bytes === 0 ? (
              "nothing"
            ) : (
              <BlobLinks
                links={[
                  ["Output", command.stdout],
                  ["Errors", command.stderr],
                ]}
              />
            )}
          </dd>
        </dl>
      </details>
    </li>
  );
}
