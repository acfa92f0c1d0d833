import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { createEventHandler } from "./events/apply-event.ts";
import { openStream } from "./events/stream.ts";
import { streamState } from "./events/stream-state.ts";
import { Inbox } from "./inbox/inbox.tsx";
import { loginNeeded } from "./login/login-needed.ts";
import { LoginPage } from "./login/login-page.tsx";
import { takeToken } from "./login/take-token.ts";
import { usePathname } from "./router/location.ts";
import { matchRoute } from "./router/match-route.ts";
import { Missing } from "./shell/missing.tsx";
import { Shell } from "./shell/shell.tsx";
import { Boundary } from "./ui/boundary.tsx";
import { Skeleton } from "./ui/skeleton.tsx";

const Board = lazy(() => import("./board/board.tsx"));
const Groups = lazy(() => import("./group/groups.tsx"));
const Group = lazy(() => import("./group/group.tsx"));
const TaskPage = lazy(() => import("./run/task-page.tsx"));

function ScreenOf({ pathname }: { readonly pathname: string }) {
  const screen = matchRoute(pathname);
  switch (screen.name) {
    case "inbox":
      return <Inbox />;
    case "tasks":
      return <Board />;
    case "groups":
      return <Groups />;
    case "group":
      return <Group id={screen.id} key={screen.id} />;
    case "task":
      return <TaskPage id={screen.id} key={screen.id} log={screen.log} tab={screen.tab} />;
    case "missing":
      return <Missing />;
    default:
      return screen satisfies never;
  }
}

export function App() {
  const client = useQueryClient();
  const pathname = usePathname();
  const locked = loginNeeded.use();
  const [token] = useState(takeToken);
  const [tokenTried, setTokenTried] = useState(token === null);
  const closed = locked || !tokenTried;

  useEffect(() => {
    if (token !== null) loginNeeded.set(true);
    setTokenTried(true);
  }, [token]);

  useEffect(() => {
    if (closed) return;
    return openStream({
      onEvent: createEventHandler(client),
      onState: streamState.set,
      onFailure: () => void client.invalidateQueries({ queryKey: ["info"] }),
    });
  }, [client, closed]);

  useEffect(() => {
    const look = () => document.visibilityState === "visible" && void client.invalidateQueries();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [client]);

  if (closed) return <LoginPage token={token} />;
  return (
    <Shell>
      <Boundary key={pathname.split("/").slice(0, 3).join("/")}>
        <Suspense fallback={<Skeleton height={72} rows={4} />}>
          <ScreenOf pathname={pathname} />
        </Suspense>
      </Boundary>
    </Shell>
  );
}
