/** Puts the calls outside the system together for a running server. */
import { randomInt } from "node:crypto";
import type { Logger } from "pino";
import type { Clock } from "./app/clock.ts";
import type { Kernel } from "./app/kernel.ts";
import type { Config } from "./config.ts";
import type { Delivery, Notifier, OutsideMessage } from "./notify/notifier.ts";
import { createOutbox } from "./notify/outbox.ts";
import { OutsideCalls } from "./notify/outside-calls.ts";
import { webhookNotifier } from "./notify/webhook-notifier.ts";
import type { Job } from "./timers.ts";

export interface Notifying {
  readonly jobs: readonly Job[];
  /** What a demonstration would have sent; absent where a gateway is set, and in a LIVE system. */
  readonly outbox?: () => readonly OutsideMessage[];
  stop(): Promise<void>;
}

export interface NotifyingParts {
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Several nodes see the same call due. */
  readonly mayCall?: (key: string) => Promise<boolean>;
}

const LOOK_EVERY_MS = 1_000;
const CHANCES = 1_000_000;

export function createNotifying(
  { notify, demo, exercise }: Pick<Config, "notify" | "demo" | "exercise">,
  parts: NotifyingParts,
): Notifying {
  if (notify) return running(webhookNotifier(notify), parts);
  if (demo || exercise) {
    const outbox = createOutbox();
    return { ...running(outbox, parts), outbox: outbox.messages };
  }
  parts.logger.warn(
    { area: "notify" },
    "NOTIFY_URL is not set: when nobody at a desk acknowledges, nobody outside is called",
  );
  return { jobs: [], stop: async () => undefined };
}

function running(
  notifier: Notifier,
  { kernel, clock, logger, mayCall }: NotifyingParts,
): Notifying {
  const calls = new OutsideCalls({
    notifier,
    ...(mayCall ? { mayCall } : {}),
    state: () => kernel.emergency.state,
    held: () => kernel.emergency.changed(),
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    chance: () => randomInt(CHANCES) / CHANCES,
    issue: (command) => kernel.app.systemCommand(command),
    onDelivery: sayWhenItChanges(logger),
  });
  kernel.onTouched((touched) => calls.touched(touched));
  return {
    jobs: [{ name: "outside calls", everyMs: LOOK_EVERY_MS, run: () => calls.look() }],
    stop: () => calls.stop(),
  };
}

/** Neither address nor token nor number is repeated. */
function sayWhenItChanges(logger: Logger): (delivery: Delivery) => void {
  let failing = false;
  return (delivery) => {
    if (failing === !delivery.ok) return;
    failing = !delivery.ok;
    if (delivery.ok) logger.info({ area: "notify" }, "the gateway takes calls again");
    else logger.error({ area: "notify", code: delivery.failure }, "the gateway takes no calls");
  };
}
