import { createStore, type StoreApi } from "zustand/vanilla";
import type { Duty } from "../../../../shared/domain/officer/state.ts";
import { distanceM } from "../../../../shared/geo/distance.ts";
import type { Cancel, Platform } from "../../../store/platform.ts";
import type { BufferStorage } from "./buffer-storage.ts";
import { isWorthKeeping, type Measured, measured, type RawPosition } from "./measure.ts";
import {
  EMPTY_BUFFER,
  nextBatch,
  type PositionBuffer,
  withFix,
  withoutFixes,
  withStored,
} from "./position-buffer.ts";
import { createQuietAsk } from "./quiet-ask.ts";
import type { SendBatch } from "./send-batch.ts";
import { isWatching, type ShareState, shareState } from "./share-state.ts";

/** `navigator.geolocation`, as far as it is used. */
export interface Geo {
  readonly secure: boolean;
  readonly supported: boolean;
  watch(got: (raw: RawPosition) => void, failed: (denied: boolean) => void): Cancel;
  /** One new fix, nothing cached; answers or fails within 8 s. */
  ask(got: (raw: RawPosition) => void, failed: (denied: boolean) => void): void;
}

export interface PositionState {
  readonly share: ShareState;
  readonly wanted: boolean;
  /** The last fix this phone made, kept or not; `mono` is when it was heard. */
  readonly fix: (Measured & { readonly mono: number }) | undefined;
  /** Fixes that the server has not stored yet. */
  readonly waiting: number;
}

export interface PositionShare {
  readonly store: StoreApi<PositionState>;
  setWanted(wanted: boolean): void;
  /** Who holds the phone and whether he is on duty, as the server says. */
  setOfficer(officerId: string | undefined, duty: Duty | undefined): void;
  stop(): void;
}

export interface PositionShareDeps {
  readonly platform: Platform;
  readonly geo: Geo;
  readonly send: SendBatch;
  readonly storage: BufferStorage;
  readonly batteryPct: () => number | undefined;
}

/** A fix older than this says where somebody was, not where he is. */
export const FIX_FRESH_MS = 30_000;
const SEND_EVERY_MS = 5_000;

/** Watches the device while it may, keeps what is worth keeping, sends until it is stored. */
export function createPositionShare(deps: PositionShareDeps): PositionShare {
  const { platform, geo, storage } = deps;
  const store = createStore<PositionState>(() => ({
    share: "offDuty",
    wanted: true,
    fix: undefined,
    waiting: 0,
  }));
  let officer: { readonly id: string; readonly duty: Duty | undefined } | undefined;
  let buffer: PositionBuffer = EMPTY_BUFFER;
  let trouble: "none" | "denied" | "noFix" = "none";
  let kept: Measured | undefined;
  let stopWatch: Cancel | undefined;
  let sending = false;

  const setBuffer = (next: PositionBuffer) => {
    if (next === buffer) return;
    buffer = next;
    if (officer) storage.save(officer.id, buffer);
    store.setState({ waiting: buffer.fixes.length });
  };
  const review = () => {
    const { wanted, fix } = store.getState();
    const hasFix = fix !== undefined && platform.monoMs() - fix.mono <= FIX_FRESH_MS;
    const { secure, supported } = geo;
    const share = shareState({ wanted, duty: officer?.duty, secure, supported, trouble, hasFix });
    if (share !== store.getState().share) store.setState({ share });
    if (!isWatching(share)) unwatch();
    else if (!stopWatch) {
      quiet.heard();
      stopWatch = geo.watch(got, failed);
    }
    if (officer?.duty === "OFF_DUTY") setBuffer(withoutFixes(buffer));
  };
  const unwatch = () => {
    stopWatch?.();
    stopWatch = undefined;
    quiet.stop();
    trouble = "none";
    kept = undefined;
  };
  const got = (raw: RawPosition) => {
    const fix = measured(raw, deps.batteryPct());
    trouble = "none";
    quiet.heard();
    store.setState({ fix: { ...fix, mono: platform.monoMs() } });
    review();
    if (!isWorthKeeping(kept, fix, kept ? distanceM(kept, fix) : 0)) return;
    kept = fix;
    setBuffer(withFix(buffer, fix));
    void flush();
  };
  const failed = (denied: boolean) => {
    trouble = denied ? "denied" : "noFix";
    review();
  };
  const quiet = createQuietAsk(platform, geo, got, () => failed(true));
  const flush = async () => {
    if (sending || buffer.fixes.length === 0 || !officer) return;
    sending = true;
    const { id } = officer;
    const storedUpTo = await deps.send(nextBatch(buffer));
    sending = false;
    if (storedUpTo !== undefined && officer?.id === id) setBuffer(withStored(buffer, storedUpTo));
  };
  const stopTimer = platform.every(SEND_EVERY_MS, () => {
    review();
    if (stopWatch && trouble !== "denied") quiet.look();
    void flush();
  });
  return {
    store,
    setWanted(wanted) {
      store.setState({ wanted });
      review();
    },
    setOfficer(id, duty) {
      if (id !== officer?.id) {
        buffer = id === undefined ? EMPTY_BUFFER : storage.read(id);
        store.setState({ waiting: buffer.fixes.length });
      }
      officer = id === undefined ? undefined : { id, duty };
      review();
    },
    stop() {
      stopTimer();
      unwatch();
      storage.flush();
    },
  };
}
