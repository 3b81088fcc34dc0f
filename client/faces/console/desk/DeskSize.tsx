import { ConfigProvider } from "antd";
import { type ReactNode, useSyncExternalStore } from "react";

/** A screen of this size at this density is read from further away: everything is larger. */
const LARGE = "(min-width: 2600px) and (min-height: 1400px)";

const subscribe = (listener: () => void) => {
  const query = matchMedia(LARGE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
};
const isLarge = () => matchMedia(LARGE).matches;

export function DeskSize({ children }: { children: ReactNode }) {
  const large = useSyncExternalStore(subscribe, isLarge);
  const token = large ? { fontSize: 19, controlHeight: 42 } : { fontSize: 13, controlHeight: 30 };
  const itemMarginBottom = large ? 24 : 16;
  return (
    <ConfigProvider theme={{ token, components: { Form: { itemMarginBottom } } }}>
      <div className="console" data-size={large ? "large" : "desk"}>
        {children}
      </div>
    </ConfigProvider>
  );
}
