import { useEffect, useMemo, useState } from "react";
import { useLink } from "../../../../link/link-context.tsx";
import type { StoredRecord } from "../../../../store/dto.ts";
import { type SeenCallOutside, seen, seenAll } from "../../../../store/duty-dto.ts";
import { useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import type { OutboxMessage } from "../../desk/console-api.ts";
import { useDesk } from "../../desk/desk-context.tsx";

const ASK_EVERY_MS = 4_000;

interface Asked {
  readonly closed: readonly SeenCallOutside[];
  /** Only in a demonstration: what each call would have said. */
  readonly outbox: readonly OutboxMessage[] | undefined;
  /** `failed`: the last question had no answer, what is shown is older. */
  readonly state: "loading" | "ready" | "failed";
}

const NOTHING: Asked = { closed: [], outbox: undefined, state: "loading" };

/** Failed calls live, taken and needless ones by query while the board is open. */
export function useCallsOutside() {
  const live = useRecordMap("notification");
  const asked = useAsked();
  const calls = useMemo(() => {
    const failed = seenAll(live);
    const known = new Set(failed.map(({ id }) => id));
    return [...failed, ...asked.closed.filter(({ id }) => !known.has(id))].sort(
      (a, b) => timeOf(b) - timeOf(a),
    );
  }, [live, asked.closed]);
  const texts = useMemo(
    () => asked.outbox && new Map(asked.outbox.map(({ id, text }) => [id, text])),
    [asked.outbox],
  );
  return { calls, texts, state: asked.state };
}

export const timeOf = ({ sentAt, failedAt }: SeenCallOutside): number => sentAt ?? failedAt ?? 0;

function useAsked(): Asked {
  const { api } = useLink();
  const desk = useDesk();
  const hasOutbox = useHasOutbox();
  const [asked, setAsked] = useState<Asked>(NOTHING);
  useEffect(() => {
    let left = false;
    const ask = async () => {
      const [records, outbox] = await Promise.all([
        api.closedRecords("notification"),
        hasOutbox ? desk.api.outbox() : undefined,
      ]);
      if (left) return;
      setAsked((before) =>
        records.ok
          ? {
              closed: records.value.map((put) =>
                seen(put as unknown as StoredRecord<"notification">),
              ),
              outbox: outbox?.ok ? outbox.value : undefined,
              state: "ready",
            }
          : { ...before, state: "failed" },
      );
    };
    const again = () =>
      void ask().catch(() => setAsked((before) => ({ ...before, state: "failed" })));
    again();
    const timer = setInterval(again, ASK_EVERY_MS);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [api, desk.api, hasOutbox]);
  return asked;
}

const READERS: ReadonlySet<string> = new Set(["DUTY_OFFICER", "CENTER_CHIEF"]);

/** Nobody else is given the texts, and no other deployment has them: then it is not asked. */
function useHasOutbox(): boolean {
  const hello = useHello();
  return hello?.mode === "DEMO" && hello.roles.some((role) => READERS.has(role));
}
