import { Link } from "../router/link.tsx";
import { Empty } from "../ui/empty.tsx";
import { Page } from "./page.tsx";

export function Missing() {
  return (
    <Page title="No such page">
      <Empty title="There is nothing at this address">
        <Link href="/">Go to the inbox</Link>
      </Empty>
    </Page>
  );
}
