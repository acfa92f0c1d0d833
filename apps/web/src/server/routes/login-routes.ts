import { renderSVG } from "uqr";
import { loginLinkSchema, loginSchema } from "../../contract/access.ts";
import { isSecure } from "../access/hosts.ts";
import { sessionCookie } from "../access/session-cookie.ts";
import { type Route, route } from "../route.ts";
import type { RouteContext } from "./context.ts";

/** Logging in by a one-time link, and out. */
export function loginRoutes({ access, loginLink }: RouteContext): readonly Route[] {
  const { port, links, sessions } = access;
  return [
    route({
      method: "POST",
      path: "/api/login",
      access: "anyone",
      summary: "Turns the token of a one-time link into a session cookie",
      body: loginSchema,
      answers: [{ status: 204, description: "Logged in: the cookie is in Set-Cookie" }],
      errors: ["E463", "E464"],
      async handle({ body, request }) {
        links.use(body.token);
        return {
          status: 204,
          headers: { "Set-Cookie": sessionCookie(port, isSecure(request), sessions.open()) },
        };
      },
    }),
    route({
      method: "POST",
      path: "/api/logout",
      access: "user",
      summary: "Ends the login of this cookie",
      answers: [{ status: 204, description: "Logged out; event streams of the login are closed" }],
      errors: [],
      async handle({ principal, request }) {
        if (principal?.kind === "login") sessions.end(principal.id);
        return { status: 204, headers: { "Set-Cookie": sessionCookie(port, isSecure(request), "") } };
      },
    }),
    route({
      method: "POST",
      path: "/api/login-links",
      access: "user",
      summary: "Makes a one-time link for another device",
      answers: [{ status: 201, description: "It is good once, for 60 s", schema: loginLinkSchema }],
      errors: [],
      async handle() {
        const { url, expiresAt } = loginLink();
        return { status: 201, body: { url, expires_at: expiresAt.toISOString(), qr_svg: renderSVG(url) } };
      },
    }),
  ];
}
