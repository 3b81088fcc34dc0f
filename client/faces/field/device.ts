import { createStore, type StoreApi } from "zustand/vanilla";
import type { Cancel } from "../../store/platform.ts";
import type { Geo, PositionState } from "./position/position-share.ts";
import { isWatching } from "./position/share-state.ts";

/** What this face needs of the phone; a test or a harness brings another. */
export interface Device {
  readonly geo: Geo;
  vibrate(pattern: readonly number[]): void;
  batteryPct(): number | undefined;
  /** Keeps the screen on; calls `changed` whenever that begins or ends by itself. */
  keepAwake(changed: (awake: boolean) => void): Cancel;
  readonly canKeepAwake: boolean;
}

interface BatteryManager {
  readonly level: number;
}

export function browserDevice(): Device {
  let battery: BatteryManager | undefined;
  const { getBattery } = navigator as { getBattery?: () => Promise<BatteryManager> };
  getBattery?.call(navigator).then(
    (manager) => {
      battery = manager;
    },
    () => {
      // Not every browser tells; an SOS then goes without its battery level.
    },
  );
  return {
    geo: browserGeo(),
    vibrate: (pattern) => void navigator.vibrate?.([...pattern]),
    batteryPct: () => (battery ? Math.round(battery.level * 100) : undefined),
    keepAwake,
    canKeepAwake: "wakeLock" in navigator,
  };
}

const WATCH: PositionOptions = { enableHighAccuracy: true, maximumAge: 2_000, timeout: 20_000 };
const ASK: PositionOptions = { enableHighAccuracy: true, maximumAge: 0, timeout: 8_000 };

function browserGeo(): Geo {
  return {
    secure: globalThis.isSecureContext,
    supported: "geolocation" in navigator,
    watch(got, failed) {
      const id = navigator.geolocation.watchPosition(
        got,
        (error) => failed(error.code === error.PERMISSION_DENIED),
        WATCH,
      );
      return () => navigator.geolocation.clearWatch(id);
    },
    ask(got, failed) {
      navigator.geolocation.getCurrentPosition(
        got,
        (error) => failed(error.code === error.PERMISSION_DENIED),
        ASK,
      );
    },
  };
}

/** The browser drops the lock whenever the page is hidden: it is asked for again on return. */
function keepAwake(changed: (awake: boolean) => void): Cancel {
  let lock: WakeLockSentinel | undefined;
  let stopped = false;
  const ask = async () => {
    if (stopped || lock || document.visibilityState !== "visible") return;
    try {
      lock = await navigator.wakeLock.request("screen");
    } catch {
      return changed(false); // low battery or a policy: the state on the glass says so
    }
    if (stopped) return void lock.release();
    changed(true);
    lock.addEventListener("release", () => {
      lock = undefined;
      changed(false);
    });
  };
  const onVisible = () => void ask();
  document.addEventListener("visibilitychange", onVisible);
  if ("wakeLock" in navigator) void ask();
  return () => {
    stopped = true;
    document.removeEventListener("visibilitychange", onVisible);
    void lock?.release();
  };
}

export type AwakeState = "off" | "on" | "failed" | "unsupported";

/** The screen stays on while the position is shared: a phone asleep measures nothing. */
export function keepingAwake(
  device: Device,
  position: StoreApi<PositionState>,
): { readonly store: StoreApi<{ readonly awake: AwakeState }>; readonly stop: Cancel } {
  const store = createStore<{ readonly awake: AwakeState }>(() => ({ awake: "off" }));
  let release: Cancel | undefined;
  const look = () => {
    const wanted = isWatching(position.getState().share);
    if (!wanted) {
      release?.();
      release = undefined;
      store.setState({ awake: "off" });
    } else if (!device.canKeepAwake) store.setState({ awake: "unsupported" });
    else release ??= device.keepAwake((on) => store.setState({ awake: on ? "on" : "failed" }));
  };
  const unsubscribe = position.subscribe((now, before) => {
    if (now.share !== before.share) look();
  });
  look();
  return {
    store,
    stop() {
      unsubscribe();
      release?.();
    },
  };
}
