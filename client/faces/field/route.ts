import { useSyncExternalStore } from "react";
import type { DetentionType } from "../../../shared/domain/detention/state.ts";

const OF_OPERATION = ["team", "attendees", "scene", "return"] as const;
/** Sides of a planned operation. */
export type OperationScreenName = (typeof OF_OPERATION)[number];

/** Where in the face; kept in the address's fragment, so that the phone's back key works. */
export type Route =
  | { readonly screen: "home" | "outbox" | "sos" | "messages" | "me" | "detentions" | "requests" }
  | { readonly screen: "newDetention"; readonly kind: DetentionType }
  | { readonly screen: "newRequest" | "newIncident" | "approach" }
  | { readonly screen: OperationScreenName; readonly id: string }
  | { readonly screen: "detention" | "request" | "operation"; readonly id: string };

const PLAIN = [
  "outbox",
  "sos",
  "messages",
  "me",
  "detentions",
  "requests",
  "newRequest",
  "newIncident",
  "approach",
] as const;

/** An address that means nothing is the home screen. */
export function parseRoute(hash: string): Route {
  const [first = "", second = ""] = hash.replace(/^#\/?/, "").split("/");
  const plain = PLAIN.find((name) => name === first);
  if (plain) return { screen: plain };
  if (first === "newDetention" && (second === "COMPEL" || second === "DETAIN")) {
    return { screen: first, kind: second };
  }
  const side = OF_OPERATION.find((name) => name === first);
  if (side && second) return { screen: side, id: decodeURIComponent(second) };
  const isRecord = first === "detention" || first === "request" || first === "operation";
  return isRecord && second
    ? { screen: first, id: decodeURIComponent(second) }
    : { screen: "home" };
}

export function hrefOf(route: Route): string {
  if (route.screen === "home") return "#/";
  if ("kind" in route) return `#/${route.screen}/${route.kind}`;
  return "id" in route ? `#/${route.screen}/${encodeURIComponent(route.id)}` : `#/${route.screen}`;
}

export function goTo(route: Route): void {
  location.hash = hrefOf(route);
}

/** Instead of the present place: a finished form is nothing to come back to. */
export function replaceWith(route: Route): void {
  history.replaceState(null, "", hrefOf(route));
  dispatchEvent(new HashChangeEvent("hashchange"));
}

const subscribe = (listener: () => void) => {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
};

export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash);
