import { useEffect, useRef } from "react";
import { Button } from "../ui/button.tsx";

interface LoadMoreProps {
  readonly has: boolean;
  readonly busy: boolean;
  onMore(): void;
}

/** Fetches the next page when it comes near the view; the button is for everything else. */
export function LoadMore({ has, busy, onMore }: LoadMoreProps) {
  const ref = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  more.current = onMore;
  useEffect(() => {
    const mark = ref.current;
    if (mark === null || !has || busy) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more.current(), {
      rootMargin: "400px",
    });
    observer.observe(mark);
    return () => observer.disconnect();
  }, [has, busy]);
  if (!has) return null;
  return (
    <div className="load-more" ref={ref}>
      <Button busy={busy} onClick={onMore}>
        {busy ? "Loading" : "Load more"}
      </Button>
    </div>
  );
}
