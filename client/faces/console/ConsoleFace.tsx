import "./console.css";
import "./top/top.css";
import "./queue/queue.css";
import "./map/console-map.css";
import "./record/record.css";
import "./forms/forms.css";
import "./stream/stream.css";
import "./boards/boards.css";
import "../../styles/oversight.css";
import "./duty/duty.css";
import "./replay/replay.css";
import { useEffect, useState } from "react";
import { createHttp } from "../../link/http.ts";
import { useOperationTexts } from "../../operation/use-operation-texts.ts";
import { browserPlatform } from "../../store/platform.ts";
import { useUi } from "../../store/use-session.ts";
import { Part } from "../../ui/Failed.tsx";
import { LinkBanner } from "../../ui/LinkBanner.tsx";
import { AntdTheme } from "../../ui/theme-antd.tsx";
import { AutoReceipts } from "./desk/AutoReceipts.tsx";
import { createConsoleApi } from "./desk/console-api.ts";
import { DeskSize } from "./desk/DeskSize.tsx";
import { type Desk, DeskProvider, useDesk, useDeskState } from "./desk/desk-context.tsx";
import { createDeskStore } from "./desk/desk-store.ts";
import { HelpDialog } from "./desk/HelpDialog.tsx";
import { KeyOutcomeBand } from "./desk/KeyOutcome.tsx";
import { NamesProvider } from "./desk/names.tsx";
import { Sounds } from "./desk/Sounds.tsx";
import { UnitMonthDialog } from "./desk/UnitMonthDialog.tsx";
import { useDeskCommands } from "./desk/use-desk-commands.ts";
import { DutyBands } from "./duty/DutyBands.tsx";
import { MissedOnce } from "./duty/MissedOnce.tsx";
import { Panes } from "./Panes.tsx";
import { ReplayDesk } from "./replay/ReplayDesk.tsx";
import { TimeDesk } from "./time/TimeDesk.tsx";
import { AlarmBar } from "./top/AlarmBar.tsx";
import { TopBar } from "./top/TopBar.tsx";

/** The desk of a command centre: queue, map, and a drawer for what is selected. */
export function ConsoleFace() {
  useOperationTexts();
  const [desk] = useState(createDesk);
  return (
    <AntdTheme>
      <DeskProvider desk={desk}>
        <NamesProvider>
          <DeskSize>
            <Screen />
          </DeskSize>
        </NamesProvider>
      </DeskProvider>
    </AntdTheme>
  );
}

function createDesk(): Desk {
  const http = createHttp(fetch.bind(globalThis), () => undefined);
  return {
    store: createDeskStore(),
    api: createConsoleApi(http),
    newId: browserPlatform().newId,
    rows: { current: [] },
    map: { current: null },
    sight: { current: null },
  };
}

function Screen() {
  useDeskCommands();
  useForgetDispatch();
  return (
    <>
      <AlarmBar />
      <LinkBanner />
      <TimeDesk />
      <KeyOutcomeBand />
      <DutyBands />
      <TopBar />
      <DeskArea />
      <MissedOnce />
      <HelpDialog />
      <UnitMonthDialog />
      <AutoReceipts />
      <Sounds />
    </>
  );
}

/** The past takes the place of everything that is live but the bars above it. */
function DeskArea() {
  const replay = useDeskState((s) => s.replay);
  return (
    <div className="desk-area">
      {replay ? (
        <Part>
          <ReplayDesk />
        </Part>
      ) : (
        <Panes />
      )}
    </div>
  );
}

/** Another selection is another question: the list of candidates belongs to one record. */
function useForgetDispatch(): void {
  const selection = useUi((s) => s.selection);
  const { store } = useDesk();
  useEffect(() => {
    const { dispatch, setDispatch, task } = store.getState();
    const same = dispatch && selection && dispatch.id === selection.id;
    const looksAtCandidate = selection?.type === "officer" || selection?.type === "court";
    if (dispatch && !same && !looksAtCandidate && !task) setDispatch(null);
  }, [selection, store]);
}
