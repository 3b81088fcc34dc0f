import { parseCookie, stringifySetCookie } from "cookie";

/** `__Host-` binds the cookie to this host and to TLS; plain http off this machine cannot have it. */
export function sessionCookie(secure: boolean, exercise: boolean) {
  const name = `${secure ? "__Host-" : ""}ec${exercise ? "-exercise" : ""}`;
  const write = (value: string, maxAge: number): string =>
    stringifySetCookie({
      name,
      value,
      maxAge,
      path: "/",
      httpOnly: true,
      sameSite: "strict",
      secure,
    });
  return {
    name,
    set: write,
    clear: write("", 0),
    read: (header: string | undefined): string | undefined => parseCookie(header ?? "")[name],
  };
}
