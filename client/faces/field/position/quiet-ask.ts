import type { Platform } from "../../../store/platform.ts";
import type { RawPosition } from "./measure.ts";
import type { Geo } from "./position-share.ts";

/** A watch says nothing while nobody moves: then the device is asked. */
const ASK_AFTER_MS = 10_000;

interface QuietAsk {
  /** A watch begins, or a fix was made. */
  heard(): void;
  /** Asks when it was quiet for too long. */
  look(): void;
  /** What is still answered is nobody's business. */
  stop(): void;
}

/** FLD-15: on the caller's timer; the device gives up before it is asked again. */
export function createQuietAsk(
  platform: Pick<Platform, "monoMs">,
  geo: Pick<Geo, "ask">,
  got: (raw: RawPosition) => void,
  denied: () => void,
): QuietAsk {
  let quietSince = 0;
  let life = 0;
  return {
    heard() {
      quietSince = platform.monoMs();
    },
    look() {
      const now = platform.monoMs();
      if (now - quietSince < ASK_AFTER_MS) return;
      quietSince = now;
      const asked = life;
      geo.ask(
        (raw) => asked === life && got(raw),
        (isDenied) => isDenied && asked === life && denied(),
      );
    },
    stop() {
      life += 1;
    },
  };
}
