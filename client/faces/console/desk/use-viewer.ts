import { useMemo } from "react";
import { useHello } from "../../../store/use-session.ts";
import { rolesOfHello } from "../duty/use-called.ts";
import type { Viewer } from "../queue/queue-item.ts";

/** Who sits here, as far as rows and lists need to know. */
export function useViewer(): Viewer {
  const hello = useHello();
  const officerId = hello?.officerId;
  const courtId = hello?.courtId ?? "";
  const roles = useMemo(() => rolesOfHello(hello), [hello]);
  return useMemo(() => ({ officerId, courtId, roles }), [officerId, courtId, roles]);
}
