import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import { useUi } from "../../store/use-session.ts";
import { Part } from "../../ui/Failed.tsx";
import { BoardPane } from "./boards/BoardPane.tsx";
import { boardNamed } from "./boards/boards.ts";
import { useDeskState } from "./desk/desk-context.tsx";
import { useNarrow } from "./desk/use-narrow.ts";
import { DispatchPanel } from "./dispatch/DispatchPanel.tsx";
import { TaskPanel } from "./forms/TaskPanel.tsx";
import { ConsoleMap } from "./map/ConsoleMap.tsx";
import { Queue } from "./queue/Queue.tsx";
import { RecordPanel } from "./record/RecordPanel.tsx";
import { EventStream } from "./stream/EventStream.tsx";

/** Queue, map, drawer, and the stream below; on a phone one thing at a time. */
export function Panes() {
  return useNarrow() ? <OneAtATime /> : <Wide />;
}

/** What was opened last lies alone on the glass; closing it leads back to queue and map. */
function OneAtATime() {
  const drawer = useDrawer();
  const board = boardNamed(useDeskState((s) => s.board));
  const picks = useDeskState((s) => s.pick !== null);
  const opened = picks ? null : drawer;
  return (
    <div className="panes one-at-a-time">
      {picks ? null : (
        <div className="narrow-queue">
          <Part>
            <Queue />
          </Part>
        </div>
      )}
      <div className="narrow-map map-pane">
        <Part>
          <ConsoleMap />
        </Part>
      </div>
      {board && !picks ? <BoardPane key={board.name} board={board} /> : null}
      {opened ? (
        <aside className="drawer">
          <Part>{opened}</Part>
        </aside>
      ) : null}
    </div>
  );
}

/** Sizes are kept for the next day. */
function Wide() {
  const rows = useDefaultLayout({ id: "console.rows" });
  return (
    <Group
      orientation="vertical"
      className="panes"
      defaultLayout={rows.defaultLayout}
      onLayoutChanged={rows.onLayoutChanged}
    >
      <Panel id="desk" minSize="40%">
        <Columns />
      </Panel>
      <Separator className="pane-line" />
      <Panel id="stream" defaultSize="11%" minSize="2.4em" maxSize="45%">
        <EventStream />
      </Panel>
    </Group>
  );
}

function Columns() {
  const drawer = useDrawer();
  const board = boardNamed(useDeskState((s) => s.board));
  const panelIds = drawer ? ["queue", "map", "drawer"] : ["queue", "map"];
  const columns = useDefaultLayout({ id: "console.columns", panelIds });
  return (
    <Group
      orientation="horizontal"
      className="columns"
      defaultLayout={columns.defaultLayout}
      onLayoutChanged={columns.onLayoutChanged}
    >
      <Panel id="queue" defaultSize="25%" minSize="17%" maxSize="45%">
        <Part>
          <Queue />
        </Part>
      </Panel>
      <Separator className="pane-line" />
      <Panel id="map" minSize="25%" className="map-pane">
        <Part>
          <ConsoleMap />
        </Part>
        {board ? <BoardPane key={board.name} board={board} /> : null}
      </Panel>
      {drawer ? (
        <>
          <Separator className="pane-line" />
          <Panel id="drawer" defaultSize="29%" minSize="20%" maxSize="55%">
            <aside className="drawer">
              <Part>{drawer}</Part>
            </aside>
          </Panel>
        </>
      ) : null}
    </Group>
  );
}

/** A form before a list of candidates before the record; nothing when nothing is selected. */
function useDrawer() {
  const selection = useUi((s) => s.selection);
  const task = useDeskState((s) => s.task);
  const dispatch = useDeskState((s) => s.dispatch);
  if (task) return <TaskPanel task={task} />;
  if (dispatch) return <DispatchPanel about={dispatch} />;
  return selection ? (
    <RecordPanel key={`${selection.type}:${selection.id}`} selection={selection} />
  ) : null;
}
