import { useEffect } from "react";
import { useConnection, useHello } from "../store/use-session.ts";
import { signInAddress } from "./sign-in-address.ts";

/**
 * Opened without a session: nothing to lose, so go to the sign-in at once. Somebody who was signed
 * in and is no more keeps the page and gets a link: what was typed stays.
 */
export function GoToSignIn() {
  const signedOut = useConnection((s) => s.connection.kind === "signed-out");
  const neverIn = useHello() === undefined;
  useEffect(() => {
    if (signedOut && neverIn) location.replace(signInAddress());
  }, [signedOut, neverIn]);
  return null;
}
