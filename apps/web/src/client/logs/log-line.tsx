import { memo } from "react";
import type { LogLines } from "../api/types.ts";
import { count } from "../ui/format.ts";
import { logChunks } from "./log-chunks.ts";

interface LogLineProps {
  readonly n: number;
  /** Undefined while it is on its way. */
  readonly line: LogLines["lines"][number] | undefined;
  readonly query: string;
  readonly picked: boolean;
  onPick(n: number, extend: boolean): void;
}

export const LogLine = memo(function LogLine({ n, line, query, picked, onPick }: LogLineProps) {
  return (
    <div className={picked ? "log-line log-line-picked" : "log-line"}>
      <a
        aria-label={`Line ${n}`}
        className="log-number"
        href={`#L${n}`}
        onClick={(event) => {
          event.preventDefault();
          onPick(n, event.shiftKey);
        }}
        tabIndex={-1}
      >
        {n}
      </a>
      <span className="log-text">
        {line === undefined
          ? " "
          : logChunks(line.text, query).map(({ text, className, hit }, index) =>
              hit ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line never move
                <mark className={className} key={index}>
                  {text}
                </mark>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line never move
                <span className={className} key={index}>
                  {text}
                </span>
              ),
            )}
        {line && line.cut > 0 ? (
          <span className="log-cut">… {count(line.cut)} more characters, see the raw log</span>
        ) : null}
      </span>
    </div>
  );
});
