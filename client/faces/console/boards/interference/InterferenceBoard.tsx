import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useHello } from "../../../../store/use-session.ts";
import { InterferenceRow } from "../../../../ui/InterferenceRow.tsx";
import type { Listed } from "../../desk/console-api.ts";
import { useDesk } from "../../desk/desk-context.tsx";
import { BoardCreate } from "../BoardCreate.tsx";
import { BoardSection } from "../BoardSection.tsx";

/** Whoever handles cases records an approach; only the president reads the records here (OVS-4). */
export function InterferenceBoard() {
  const { t } = useTranslation("oversight");
  const isPresident = useHello()?.roles.includes("PRESIDENT") ?? false;
  return (
    <>
      <p>{t("interference.duty")}</p>
      <BoardCreate kind="interference.record" />
      {isPresident ? <Records /> : <p className="second">{t("interference.notHere")}</p>}
    </>
  );
}

/** Asked as the president's seat: the console's view has none of them. */
function Records() {
  const { t } = useTranslation("oversight");
  const { api, store } = useDesk();
  const [rows, setRows] = useState<readonly Listed<"interference">[]>();
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    let shown = true;
    const ask = () =>
      void api.interference().then((answer) => {
        if (!shown) return;
        if (answer.ok) setRows(answer.value);
        setFailed(answer.ok ? undefined : answer.failure.code);
      });
    ask();
    // A record that was just written from here stands in the list when its form closes.
    const stop = store.subscribe((now, before) => {
      if (before.task?.kind === "interference.record" && now.task === null) ask();
    });
    return () => {
      shown = false;
      stop();
    };
  }, [api, store]);
  if (failed) return <p role="alert">{t("watchers.failed", { code: failed })}</p>;
  if (!rows) return <p className="skeleton" aria-busy="true" />;
  return (
    <BoardSection title={t("interference.list")} rows={rows} empty={t("interference.empty")}>
      {({ id, dto }) => <InterferenceRow key={id} dto={dto} />}
    </BoardSection>
  );
}
