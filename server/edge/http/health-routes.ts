import { BlockList, isIPv6 } from "node:net";
import { ok, problem } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import type { Route } from "./route.ts";

export function healthRoutes(deps: HttpDeps): Route[] {
  const mayReadMetrics = addressTest(deps.metricsReaders ?? []);
  return [
    {
      method: "get",
      path: "/healthz",
      access: "OPEN",
      handle: async () => ok({ status: "UP" }),
    },
    {
      method: "get",
      path: "/readyz",
      access: "OPEN",
      handle: async () => {
        const reasons = reasonsNotReady(deps);
        const readOnly = deps.app.storeMode() === "READ_ONLY" ? ["STORE_READ_ONLY"] : [];
        const warnings = [...readOnly, ...(deps.warnings?.() ?? [])];
        return reasons.length === 0
          ? ok({ status: "READY", ...(warnings.length > 0 ? { warnings } : {}) })
          : { status: 503, body: { status: "NOT_READY", reasons } };
      },
    },
    {
      method: "get",
      path: "/metrics",
      access: "OPEN",
      handle: async ({ address, headers }) => {
        const viaUnknownProxy =
          headers["x-forwarded-for"] !== undefined && deps.trustedProxies.length === 0;
        if (viaUnknownProxy || !mayReadMetrics(address)) return problem("NOT_FOUND");
        const { metrics } = deps;
        return {
          status: 200,
          body: await metrics.render(),
          headers: { "content-type": metrics.contentType },
        };
      },
    },
  ];
}

function reasonsNotReady({ app, notReady }: HttpDeps): string[] {
  // A store that can only be read still shows the province: traffic may come, commands say why not.
  const store = app.storeMode() === "UNAVAILABLE" ? ["STORE_UNAVAILABLE"] : [];
  return [...notReady(), ...store];
}

function addressTest(readers: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const reader of readers) {
    const [address = "", bits] = reader.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
