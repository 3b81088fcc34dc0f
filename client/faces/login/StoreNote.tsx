import { Alert } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StoreMode } from "../../../shared/wire/live.ts";
import type { Api } from "../../link/api.ts";

const AGAIN_MS = 5_000;

/** Whoever signs in must know before that nothing can be ordered through the system now. */
export function StoreNote({ api }: { api: Api }) {
  const { t } = useTranslation("link");
  const mode = useStoreMode(api);
  if (mode === undefined || mode === "OK") return null;
  return (
    <Alert
      className="login-error"
      type="warning"
      showIcon
      title={t(`store.${mode}`)}
      role="status"
    />
  );
}

function useStoreMode(api: Api): StoreMode | undefined {
  const [mode, setMode] = useState<StoreMode>();
  useEffect(() => {
    let shown = true;
    const look = () =>
      void api.storeMode().then((said) => {
        if (shown) setMode(said);
      });
    look();
    const timer = setInterval(look, AGAIN_MS);
    return () => {
      shown = false;
      clearInterval(timer);
    };
  }, [api]);
  return mode;
}
