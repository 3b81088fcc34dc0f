import { useEffect, useState } from "react";
import { useLink } from "../../../link/link-context.tsx";
import type { StoredRecord } from "../../../store/dto.ts";
import { seen, seenAll } from "../../../store/duty-dto.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { type Missed, missedOf } from "./missed.ts";
import { rolesOfHello, useOpenCalls, useOwedNotices } from "./use-called.ts";

const DAY_MS = 86_400_000;

/** As it stands now: what is acknowledged meanwhile is gone from it. */
export function useMissed(): Missed {
  const owed = useOwedNotices();
  const calls = useOpenCalls();
  const notices = useRecordMap("notice");
  const orders = useRecordMap("order");
  const hello = useHello();
  const since = useLastOnDuty();
  return missedOf({
    owed,
    notices: seenAll(notices),
    orders: orders.values(),
    calls,
    courtId: hello?.courtId ?? "",
    roles: rolesOfHello(hello),
    since,
  });
}

/** When this person last handed the desk over; a day ago where he never did. */
function useLastOnDuty(): number {
  const { api } = useLink();
  const me = useHello()?.officerId;
  const now = useNow(60_000);
  const [last, setLast] = useState<number>();
  useEffect(() => {
    let left = false;
    api.closedRecords("shift").then(
      (answer) => {
        if (left || !answer.ok) return;
        const mine = answer.value
          .map((put) => seen(put as unknown as StoredRecord<"shift">))
          .filter(({ officerId, handedOverAt }) => officerId === me && handedOverAt !== undefined);
        const times = mine.map(({ handedOverAt }) => handedOverAt ?? 0);
        if (times.length > 0) setLast(Math.max(...times));
      },
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [api, me]);
  return last ?? now - DAY_MS;
}
