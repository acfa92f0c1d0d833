import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState } from "react";
import "./log-view.css";
import { navigate, useHash } from "../router/location.ts";
import { Empty } from "../ui/empty.tsx";
import { useWide } from "../ui/media.ts";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { lineHash, readLineRange } from "./line-range.ts";
import { LogLine } from "./log-line.tsx";
import { LogTools } from "./log-tools.tsx";
import { useLines, WINDOW } from "./use-lines.ts";

const LINE_PX = 20;

interface LogViewProps {
  readonly taskId: string;
  readonly log: string;
  /** It is still being written. */
  readonly grows: boolean;
}

/** One log, of any length: only the lines in view are in the page, only those around them are fetched. */
export function LogView({ taskId, log, grows }: LogViewProps) {
  const hash = useHash();
  const picked = readLineRange(hash);
  const box = useRef<HTMLElement>(null);
  const start = Math.floor(Math.max(0, (picked?.from ?? 1) - 1) / WINDOW);
  const [seen, setSeen] = useState({ from: start, to: start });
  const [query, setQuery] = useState("");
  const wide = useWide();
  const [wrap, setWrap] = useState(!wide);
  const [follow, setFollow] = useState(grows && picked === null);
  const { total: known, lines, error } = useLines(taskId, log, seen.from, seen.to, grows);
  // While other lines are on their way, how many there are stays known.
  const [counted, setCounted] = useState(-1);
  if (known > counted) setCounted(known);
  const total = Math.max(known, counted);
  const virtual = useVirtualizer({
    count: Math.max(0, total),
    getScrollElement: () => box.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const first = items[0];
  const from = first === undefined ? seen.from : Math.floor(first.index / WINDOW);
  const to = Math.floor((items.at(-1)?.index ?? 0) / WINDOW);

  useEffect(() => {
    if (to >= from) setSeen((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, [from, to]);
  // The size of a line depends on it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when wrapping changes
  useEffect(() => virtual.measure(), [wrap]);

  const ready = total > 0;
  const goTo = picked?.from ?? null;
  useEffect(() => {
    if (!ready || goTo === null) return;
    const { startIndex = 0, endIndex = -1 } = virtual.range ?? {};
    // A line that was picked by hand stays where it is.
    if (goTo - 1 < startIndex || goTo - 1 > endIndex || endIndex <= 0) {
      virtual.scrollToIndex(goTo - 1, { align: "center" });
    }
  }, [ready, goTo, virtual]);
  useEffect(() => {
    if (follow && total > 0) virtual.scrollToIndex(total - 1, { align: "end" });
  }, [follow, total, virtual]);

  const pick = useCallback((n: number, extend: boolean) => {
    const before = extend ? readLineRange(window.location.hash) : null;
    const range = { from: Math.min(before?.from ?? n, n), to: Math.max(before?.from ?? n, n) };
    navigate(`${window.location.pathname}${window.location.search}${lineHash(range)}`, { replace: true });
  }, []);
  const show = (n: number) => {
    setFollow(false);
    pick(n, false);
  };

  return (
    <div className="log card">
      <LogTools
        follow={follow}
        grows={grows}
        log={log}
        onFollow={setFollow}
        onQuery={setQuery}
        onShow={show}
        onWrap={setWrap}
        taskId={taskId}
        total={Math.max(0, total)}
        wrap={wrap}
      />
      {error && total < 0 ? <ProblemCard error={error} /> : null}
      {total < 0 && !error ? <Skeleton height={20} rows={12} /> : null}
      {total === 0 ? <Empty title="Nothing was printed" /> : null}
      <section
        aria-label="Lines of the log"
        className={wrap ? "log-box log-box-wrap" : "log-box"}
        hidden={total <= 0}
        onWheel={(event) => event.deltaY < 0 && setFollow(false)}
        onTouchMove={() => setFollow(false)}
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keys
        tabIndex={0}
      >
        <div className="log-all" style={{ height: virtual.getTotalSize() }}>
          <div className="log-window" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
            {items.map(({ index, key }) => (
              <div data-index={index} key={key} ref={wrap ? virtual.measureElement : undefined}>
                <LogLine
                  line={lines.get(index + 1)}
                  n={index + 1}
                  onPick={pick}
                  picked={picked !== null && index + 1 >= picked.from && index + 1 <= picked.to}
                  query={query}
                />
              </div>
            ))}
          </div>
        </div>
      </section>
    </div>
  );
}
