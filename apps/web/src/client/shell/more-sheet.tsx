import "./more-sheet.css";
import type { Info } from "../api/types.ts";
import { Dialog } from "../ui/dialog.tsx";
import { PhoneIcon, SearchIcon } from "../ui/icons.tsx";
import { InfoList } from "./info-list.tsx";
import { LogoutButton } from "./logout-button.tsx";
import { openDialog } from "./open-dialog.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

interface MoreSheetProps {
  readonly info: Info | null;
  readonly onClose: () => void;
}

/** On a phone: what the side bar has room for elsewhere. */
export function MoreSheet({ info, onClose }: MoreSheetProps) {
  return (
    <Dialog look="sheet" onClose={onClose} title="More">
      <div className="more">
        <button className="more-row" onClick={() => openDialog.set("palette")} type="button">
          <SearchIcon />
          Find or do
        </button>
        <button className="more-row" onClick={() => openDialog.set("phone")} type="button">
          <PhoneIcon />
          Open on another device
        </button>
        <div className="more-row">
          Theme
          <ThemeSwitch />
        </div>
        {info ? <InfoList info={info} /> : null}
        {info?.principal === "login" ? <LogoutButton /> : null}
      </div>
    </Dialog>
  );
}
