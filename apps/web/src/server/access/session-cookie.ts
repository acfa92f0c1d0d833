import { SESSION_DAYS } from "./sessions.ts";

/** Cookies know no port: two servers of one machine must not take each other's. */
const nameOf = (port: number, secure: boolean) => `${secure ? "__Host-" : ""}pm-${port}`;

/** @returns the Set-Cookie header that keeps a login, or with an empty value ends it. */
export function sessionCookie(port: number, secure: boolean, value: string): string {
  const age = value === "" ? 0 : SESSION_DAYS * 24 * 3600;
  const flags = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure ? "; Secure" : ""}`;
  return `${nameOf(port, secure)}=${value}; ${flags}`;
}

/** @returns the values that a Cookie header has for this server: of https and of http. */
export function sessionCookies(port: number, header: string | undefined): string[] {
  if (header === undefined) return [];
  const names = [nameOf(port, true), nameOf(port, false)];
  return header.split(";").flatMap((pair) => {
    const [name = "", value = ""] = pair.trim().split("=", 2);
    return names.includes(name) ? [value] : [];
  });
}
