import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import type { ChangedFile } from "../api/types.ts";
import { ChevronIcon, FileIcon, FolderIcon } from "../ui/icons.tsx";
import { visibleText } from "../ui/visible-text.ts";
import { DiffCounts } from "./diff-counts.tsx";
import { fileTree } from "./file-tree.ts";

const ROW_PX = 30;
const STATUS = { added: "new", modified: "", deleted: "gone" } as const;

interface TreeViewProps {
  readonly files: readonly ChangedFile[];
  onPick(path: string): void;
}

export function TreeView({ files, onPick }: TreeViewProps) {
  const box = useRef<HTMLElement>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => fileTree(files, closed), [files, closed]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const toggle = (path: string) => {
    const next = new Set(closed);
    if (!next.delete(path)) next.add(path);
    setClosed(next);
  };
  return (
    <nav aria-label="Changed files" className="tree" ref={box}>
      <div className="tree-all" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const place = { transform: `translateY(${start}px)`, paddingLeft: 6 + row.depth * 14 };
          if (row.kind === "folder") {
            const open = !closed.has(row.path);
            return (
              <button
                aria-expanded={open}
                className="tree-row"
                key={row.path}
                onClick={() => toggle(row.path)}
                style={place}
                type="button"
              >
                <span className={open ? "tree-open" : "tree-shut"}>
                  <ChevronIcon size={12} />
                </span>
                <FolderIcon size={14} />
                <span className="ellipsis">{visibleText(row.name)}</span>
                <span className="tree-end muted num">{row.files}</span>
              </button>
            );
          }
          return (
            <button
              className="tree-row"
              key={row.file.path}
              onClick={() => onPick(row.file.path)}
              style={place}
              title={visibleText(row.file.path)}
              type="button"
            >
              <FileIcon size={14} />
              <span className="ellipsis">{visibleText(row.name)}</span>
              <span className="tree-end">
                {STATUS[row.file.status] ? <span className="muted">{STATUS[row.file.status]} </span> : null}
                <DiffCounts added={row.file.added} deleted={row.file.deleted} />
              </span>
            </button>
          );
        })}
      </div>
    </nav>
  );
}
