/** Tokens that stand for a device instead of a person. */
export interface SeatTokens {
  /** A wall screen of a court. */
  readonly kiosk: string | undefined;
  /** An officer's phone; set once it has been enrolled. */
  readonly device: string | undefined;
  setDevice(token: string | undefined): void;
}

const KIOSK_KEY = "ec.kiosk";
const DEVICE_KEY = "ec.device";

/** `/wall?kiosk=TOKEN` is taken into storage and leaves the address at once: screens get filmed. */
export function takeKioskToken(storage: Storage, history: History, location: Location): void {
  const url = new URL(location.href);
  const token = url.searchParams.get("kiosk");
  if (token === null) return;
  storage.setItem(KIOSK_KEY, token);
  url.searchParams.delete("kiosk");
  history.replaceState(null, "", `${url.pathname}${url.search}${url.hash}`);
}

export function readSeatTokens(storage: Storage): SeatTokens {
  return {
    get kiosk() {
      return storage.getItem(KIOSK_KEY) ?? undefined;
    },
    get device() {
      return storage.getItem(DEVICE_KEY) ?? undefined;
    },
    setDevice(token) {
      if (token === undefined) storage.removeItem(DEVICE_KEY);
      else storage.setItem(DEVICE_KEY, token);
    },
  };
}
