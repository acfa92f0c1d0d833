import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import "./login-page.css";
import { paths } from "../api/paths.ts";
import { request } from "../api/request.ts";
import { CommandLine } from "../ui/command-line.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";
import { loginNeeded } from "./login-needed.ts";

/** Exchanges the token for a cookie; without one it says where to get a link. */
export function LoginPage({ token }: { readonly token: string | null }) {
  const client = useQueryClient();
  const asked = useRef(false);
  const login = useMutation({
    mutationFn: (value: string) => request(paths.login, { method: "POST", body: { token: value } }),
    onSuccess: () => {
      loginNeeded.set(false);
      void client.resetQueries();
    },
  });
  useEffect(() => {
    document.title = "Log in – pm";
    // A token works once: not a second time because a development build mounts twice.
    if (token === null || asked.current) return;
    asked.current = true;
    login.mutate(token);
  }, [token, login.mutate]);
  return (
    <main className="login">
      <div className="card login-card">
        <img alt="" height="40" src="/favicon.svg" width="40" />
        <h1>{login.isPending ? "Logging in" : "Log in to pm"}</h1>
        {login.isError ? <ProblemCard error={login.error} /> : null}
        {login.isPending ? (
          <p aria-busy="true" className="muted">
            The link is being checked.
          </p>
        ) : (
          <>
            <p className="muted">
              Open the one-time link that the server printed when it started. It works once, for 60 seconds.
            </p>
            <h2>No link at hand?</h2>
            <p className="muted">
              On a device that is logged in, choose “Open on your phone”. Or start the server anew:
            </p>
            <CommandLine command="pm web" />
          </>
        )}
      </div>
    </main>
  );
}
