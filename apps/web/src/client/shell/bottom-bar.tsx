import { Link } from "../router/link.tsx";
import { usePathname } from "../router/location.ts";
import { MoreIcon, PlusIcon } from "../ui/icons.tsx";
import { current, NAV } from "./nav.ts";
import { NeedsYouCount } from "./needs-you-count.tsx";
import { openDialog } from "./open-dialog.ts";

/** The navigation of a phone, where the thumb is. */
export function BottomBar({ needed }: { readonly needed: number }) {
  const pathname = usePathname();
  const link = ({ href, word, Icon }: (typeof NAV)[number]) => (
    <Link className="tab-link" href={href} key={href} {...current(href, pathname)}>
      <Icon size={20} />
      {word}
      <NeedsYouCount href={href} needed={needed} />
    </Link>
  );
  const [inbox, tasks, groups] = NAV;
  return (
    <nav aria-label="Screens" className="bottom-bar">
      {link(inbox)}
      {link(tasks)}
      <button
        aria-label="New task"
        className="tab-link"
        onClick={() => openDialog.set("composer")}
        type="button"
      >
        <span className="tab-new-disc">
          <PlusIcon size={20} />
        </span>
      </button>
      {link(groups)}
      <button className="tab-link" onClick={() => openDialog.set("more")} type="button">
        <MoreIcon size={20} />
        More
      </button>
    </nav>
  );
}
