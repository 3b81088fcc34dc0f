import type { Dispose, MountLayer } from "../../../map/map-view.ts";
import type { DeskStore, LayerName } from "../desk/desk-store.ts";

/** The layer while it is switched on; the map itself stays as it is. */
export const toggledLayer =
  (desk: DeskStore, name: LayerName, mount: MountLayer): MountLayer =>
  (view, stores) => {
    let mounted: Dispose | undefined;
    const follow = () => {
      const wanted = !desk.getState().hidden.has(name);
      if (wanted === (mounted !== undefined)) return;
      if (wanted) mounted = mount(view, stores);
      else {
        mounted?.();
        mounted = undefined;
      }
      view.frames.soon();
    };
    follow();
    const stop = desk.subscribe(follow);
    return () => {
      stop();
      mounted?.();
    };
  };
