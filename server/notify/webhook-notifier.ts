import type { Delivery, Notifier, OutsideMessage } from "./notifier.ts";

export interface WebhookSettings {
  readonly url: string;
  /** Sent as a bearer token; never logged. */
  readonly token?: string;
  /** A gateway that is silent for longer has failed. */
  readonly answerWithinMs?: number;
}

const ANSWER_WITHIN_MS = 5_000;

/**
 * Names a call whose repeats must ring once: the same after a retry, a crash and a restart. The
 * name is that of draft-ietf-httpapi-idempotency-key-header.
 */
const REPEAT_HEADER = "idempotency-key";

/** Posts `{id, to, kind, text, at}` as JSON to an SMS or voice gateway; any 2xx has taken it. */
export function webhookNotifier(settings: WebhookSettings): Notifier {
  const { url, token, answerWithinMs = ANSWER_WITHIN_MS } = settings;
  return {
    send: async (message, stopped): Promise<Delivery> => {
      const late = AbortSignal.timeout(answerWithinMs);
      try {
        const answer = await fetch(url, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            [REPEAT_HEADER]: message.id,
            ...(token ? { authorization: `Bearer ${token}` } : {}),
          },
          body: bodyOf(message),
          signal: AbortSignal.any([late, stopped]),
          redirect: "error",
        });
        // Nothing of it is read, and a body that never ends must not hold the connection.
        await answer.body?.cancel();
        return answer.ok ? { ok: true } : { ok: false, failure: "ANSWERED_ERROR" };
      } catch {
        return { ok: false, failure: late.aborted ? "TIMEOUT" : "UNREACHABLE" };
      }
    },
  };
}

const bodyOf = ({ id, to, kind, text, at }: OutsideMessage): string =>
  JSON.stringify({ id, to, kind, text, at });
