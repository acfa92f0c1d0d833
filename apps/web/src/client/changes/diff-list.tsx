import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { ChangedFile } from "../api/types.ts";
import { useMedia } from "../ui/media.ts";
import { FileDiffCard } from "./file-diff-card.tsx";

const HEAD_PX = 46;
const ROW_PX = 20;
const GAP_PX = 12;
/** Files with more changed lines than this are opened by a tap. */
const LARGE = 400;

interface DiffListProps {
  readonly taskId: string;
  readonly files: readonly ChangedFile[];
  /** A file to be brought into view; a new object each time. */
  readonly goTo: { readonly path: string } | null;
}

const lines = ({ added, deleted }: ChangedFile) => (added ?? 0) + (deleted ?? 0);

/** All files one below the other; only those in view are in the page and fetched. */
export function DiffList({ taskId, files, goTo }: DiffListProps) {
  const box = useRef<HTMLDivElement>(null);
  const split = useMedia("(min-width: 1500px)");
  const [top, setTop] = useState(0);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const isOpen = (file: ChangedFile) =>
    (lines(file) <= LARGE && file.added !== null) !== toggled.has(file.path);
  useLayoutEffect(() => {
    setTop((box.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: files.length,
    scrollMargin: top,
    scrollPaddingStart: 100,
    overscan: 2,
    estimateSize: (index) => {
      const file = files[index];
      if (!file) return HEAD_PX + GAP_PX;
      return HEAD_PX + GAP_PX + (isOpen(file) ? (lines(file) + 7) * ROW_PX : 0);
    },
    getItemKey: (index) => files[index]?.path ?? index,
  });
  useEffect(() => {
    const index = goTo ? files.findIndex(({ path }) => path === goTo.path) : -1;
    if (index >= 0) virtual.scrollToIndex(index, { align: "start" });
  }, [goTo, files, virtual]);
  const toggle = (path: string) => {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  };
  return (
    <div className="diffs" ref={box} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, key, start }) => {
        const file = files[index];
        if (!file) return null;
        return (
          <div
            className="diffs-item"
            data-index={index}
            key={key}
            ref={virtual.measureElement}
            style={{ transform: `translateY(${start - top}px)` }}
          >
            <FileDiffCard
              file={file}
              large={lines(file) > LARGE}
              onToggle={() => toggle(file.path)}
              open={isOpen(file)}
              split={split}
              taskId={taskId}
            />
          </div>
        );
      })}
    </div>
  );
}
