import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import "./phone-dialog.css";
import { paths } from "../api/paths.ts";
import { request } from "../api/request.ts";
import type { LoginLink } from "../api/types.ts";
import { Button } from "../ui/button.tsx";
import { CommandLine } from "../ui/command-line.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useNow } from "../ui/now.ts";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

/** A link for another device: shown as a picture to scan, for as long as it is good. */
export function PhoneDialog({ onClose }: { readonly onClose: () => void }) {
  const now = useNow(1000);
  const link = useMutation({
    mutationFn: async () => (await request<LoginLink>(paths.loginLinks, { method: "POST", body: {} })).body,
  });
  const { mutate } = link;
  useEffect(() => mutate(), [mutate]);
  const left = link.data ? Math.max(0, Math.round((Date.parse(link.data.expires_at) - now) / 1000)) : 0;
  const local = link.data ? /^https?:\/\/(localhost|127\.)/.test(link.data.url) : false;
  return (
    <Dialog look="sheet" onClose={onClose} title="Open on your phone">
      <div className="phone">
        {link.isError ? <ProblemCard error={link.error} onRetry={() => mutate()} /> : null}
        {link.isPending ? <Skeleton height={240} rows={1} /> : null}
        {link.data && left > 0 ? (
          <>
            <p className="muted">Scan it, or open the link there. It works once.</p>
            <img
              alt="The link as a QR code"
              className="phone-code"
              src={`data:image/svg+xml;utf8,${encodeURIComponent(link.data.qr_svg)}`}
            />
            <p className="num">
              <span className="sr-only">Good for </span>
              {left} s left
            </p>
            <CommandLine command={link.data.url} />
          </>
        ) : null}
        {link.data && left === 0 ? (
          <>
            <p>The link is no longer good.</p>
            <Button look="primary" onClick={() => mutate()}>
              Make a new one
            </Button>
          </>
        ) : null}
        {local ? (
          <div className="phone-note">
            <p className="muted small">
              This address is of this machine only. To reach it from elsewhere, put a tunnel before it and
              start the server with the tunnel’s name:
            </p>
            <CommandLine command="pm web --public-host pm.example.com" />
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}
