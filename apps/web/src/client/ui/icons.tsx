/** Icons of 16 × 16, drawn here; each stands beside a word, so none is read out. */
import type { ReactNode } from "react";

const icon = (children: ReactNode) =>
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each icon, when this file is loaded
  function Icon({ size = 16 }: { readonly size?: number }) {
    return (
      <svg
        aria-hidden="true"
        className="icon"
        fill="none"
        height={size}
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeWidth="1.6"
        viewBox="0 0 16 16"
        width={size}
      >
        {children}
      </svg>
    );
  };

export const InboxIcon = icon(
  <path d="M2 9.5h3.2l1 2h3.6l1-2H14M2 9.5V12a1.5 1.5 0 0 0 1.5 1.5h9A1.5 1.5 0 0 0 14 12V9.5M2 9.5l1.8-6h8.4l1.8 6" />,
);
export const TasksIcon = icon(
  <path d="M2.2 4l1.2 1.2L5.5 3M2.2 9l1.2 1.2L5.5 8M8 4.2h6M8 9.2h6M8 13h4M2.5 13h2" />,
);
export const GroupsIcon = icon(
  <path d="M8 2L1.8 5.2 8 8.4l6.2-3.2L8 2zM2 8.4l6 3.1 6-3.1M2 11.4l6 3.1 6-3.1" />,
);
export const PlusIcon = icon(<path d="M8 3v10M3 8h10" />);
export const SearchIcon = icon(<path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.8 10.8L14 14" />);
export const CopyIcon = icon(<path d="M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z" />);
export const CheckIcon = icon(<path d="M3 8.5l3.2 3.2L13 4.8" />);
export const CloseIcon = icon(<path d="M3.5 3.5l9 9M12.5 3.5l-9 9" />);
export const ChevronIcon = icon(<path d="M6 3.5L10.5 8 6 12.5" />);
export const MoreIcon = icon(<path d="M3 8h.01M8 8h.01M13 8h.01" strokeWidth="2.4" />);
export const PhoneIcon = icon(
  <path d="M5 1.8h6a1 1 0 0 1 1 1v10.4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V2.8a1 1 0 0 1 1-1zM7.2 11.8h1.6" />,
);
export const KeyboardIcon = icon(
  <path d="M1.8 4h12.4v8H1.8zM4.3 6.6h.01M7 6.6h.01M9.6 6.6h.01M12 6.6h.01M5 9.5h6" />,
);
export const FileIcon = icon(<path d="M9 1.8H4v12.4h8.2V5zM9 1.8V5h3.2" />);
export const FolderIcon = icon(
  <path d="M1.8 4a1 1 0 0 1 1-1h3l1.5 1.7h5.9a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H2.8a1 1 0 0 1-1-1z" />,
);
export const DownloadIcon = icon(<path d="M8 2.5v8M4.8 7.5L8 10.7l3.2-3.2M3 13.5h10" />);
export const WrapIcon = icon(
  <path d="M2 3.5h12M2 8h9.5a2.25 2.25 0 0 1 0 4.5H8.5M10 10.8l-1.7 1.7 1.7 1.7M2 12.5h3.5" />,
);
export const FollowIcon = icon(<path d="M8 2v9M4.5 7.5L8 11l3.5-3.5M3 14h10" />);
export const CommandIcon = icon(<path d="M6.5 8l-3-3M6.5 8l-3 3M8.5 12h4.5" />);
export const AgentIcon = icon(
  <path d="M8 1.8v2M3 5.5a1.5 1.5 0 0 1 1.5-1.5h7A1.5 1.5 0 0 1 13 5.5v6a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 11.5zM6 7.5v1.5M10 7.5v1.5" />,
);
