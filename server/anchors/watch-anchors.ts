import type { ChainWatch } from "../log/verify-chain.ts";
import { chainFault } from "../log/verify-chain.ts";
import type { CheckedAnchor, SoundAnchors } from "./check-anchors.ts";

/**
 * Holds a stream's anchors against its log while the log is walked. A chain that was computed anew
 * gives no sign of where the lie begins, so the message names both ends of the doubt.
 */
export function watchAnchors(
  anchors: readonly CheckedAnchor[],
  deployment?: SoundAnchors["deployment"],
): ChainWatch {
  let next = 0;
  let agreed: CheckedAnchor | undefined;
  let count = 0;
  return {
    see: ({ commit, body }) => {
      count += 1;
      const { genesis } = body;
      if (genesis !== undefined && deployment !== undefined && genesis.deployment !== deployment) {
        const message = `the log is that of "${genesis.deployment}", the anchors are of "${deployment}"`;
        return chainFault(commit.seq, "OTHER_HISTORY", message);
      }
      for (; anchors[next]?.seq === commit.seq; next += 1) {
        const anchor = anchors[next];
        if (anchor === undefined) break;
        if (anchor.hash !== commit.hash || anchor.count !== count) {
          return chainFault(commit.seq, "OTHER_HISTORY", rewritten(anchor, agreed));
        }
        agreed = anchor;
      }
      return undefined;
    },
    end: () => {
      const missing = anchors[next];
      if (missing === undefined) return undefined;
      const end = count === 0 ? "the log is empty" : `the log ends at ${count - 1}`;
      return chainFault(count, "OTHER_HISTORY", `missing: ${end}, but ${said(anchors.at(-1))}`);
    },
  };
}

function rewritten(anchor: CheckedAnchor, agreed: CheckedAnchor | undefined): string {
  const from = agreed === undefined ? 0 : agreed.seq + 1;
  return `not the commit that was anchored (${said(anchor)}): rewritten somewhere from commit ${from} on`;
}

const said = (anchor: CheckedAnchor | undefined): string =>
  anchor === undefined
    ? ""
    : `line ${anchor.line} anchors commit ${anchor.seq} at ${new Date(anchor.at).toISOString()}`;
