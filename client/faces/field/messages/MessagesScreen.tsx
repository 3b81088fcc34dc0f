import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PutRecord } from "../../../../shared/wire/live.ts";
import { useLink } from "../../../link/link-context.tsx";
import { useOutbox, useOutboxState } from "../../../link/outbox-context.tsx";
import type { StoredRecord } from "../../../store/dto.ts";
import { useLoaded, useRecordMap, useRecords } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { Screen } from "../parts/Screen.tsx";
import { CameBack } from "../parts/SendButton.tsx";
import { isIncoming, receipt } from "../receipts.ts";
import { isUnrecorded } from "../sent.ts";
import { useCursorSeq } from "../use-field-records.ts";
import { Compose } from "./Compose.tsx";
import { MessageBubble, UnsentBubble } from "./MessageBubble.tsx";

type MessageRecord = StoredRecord<"message">;

/** With the own centre: what came, what went, how far it went. */
export function MessagesScreen() {
  const { t } = useTranslation("field");
  const live = useRecords("message");
  const { earlier, failed, retry } = useEarlier();
  const me = useHello()?.officerId;
  useReading(live, me);
  const shown = useShown(live);
  const all = useMemo(() => inOrder([...earlier, ...shown], live), [earlier, shown, live]);
  const unsent = useUnsent();
  return (
    <Screen title={t("messages.title")}>
      {failed ? (
        <p className="f-note">
          {t("messages.earlierFailed")}{" "}
          <button type="button" className="f-link" onClick={retry}>
            {t("common:action.retry")}
          </button>
        </p>
      ) : null}
      <Empty shown={all.length === 0 && unsent.length === 0} />
      <ol className="f-messages" aria-live="polite">
        {all.map((message) => (
          <MessageBubble key={message.id} message={message} mine={!isIncoming(message, me)} />
        ))}
        {unsent.map((item) => (
          <UnsentBubble key={item.id} item={item} />
        ))}
      </ol>
      {unsent.map((item) => (
        <CameBack key={item.id} item={item} />
      ))}
      <Compose />
    </Screen>
  );
}

function Empty({ shown }: { shown: boolean }) {
  const { t } = useTranslation(["field", "common"]);
  const loaded = useLoaded();
  if (!shown) return null;
  return <p className="f-empty">{t(loaded ? "messages.none" : "common:list.loading")}</p>;
}

/** Read messages leave the live records; the server still has them. */
function useEarlier() {
  const { api } = useLink();
  const [earlier, setEarlier] = useState<readonly MessageRecord[]>([]);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again.
  useEffect(() => {
    let left = false;
    api.closedRecords("message").then(
      (answer) => {
        if (left) return;
        setFailed(!answer.ok);
        if (answer.ok) setEarlier(answer.value.map(asMessage));
      },
      () => setFailed(true),
    );
    return () => {
      left = true;
    };
  }, [api, round]);
  return { earlier, failed, retry: () => setRound((n) => n + 1) };
}

const asMessage = (put: PutRecord): MessageRecord => put as unknown as MessageRecord;

/** Read, a message leaves the live records; it must not leave the screen under the reader's eyes. */
function useShown(live: readonly MessageRecord[]): readonly MessageRecord[] {
  const [shown, setShown] = useState<readonly MessageRecord[]>([]);
  useEffect(() => {
    if (live.length > 0) setShown((before) => inOrder(before, live));
  }, [live]);
  return shown;
}

function inOrder(earlier: readonly MessageRecord[], live: readonly MessageRecord[]) {
  const byId = new Map([...earlier, ...live].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => (a.dto.sentAt ?? 0) - (b.dto.sentAt ?? 0));
}

/** Shown on a lit glass is read; a page in the background shows nothing. */
function useReading(messages: readonly MessageRecord[], me: string | undefined): void {
  const outbox = useOutbox();
  useEffect(() => {
    const read = () => {
      if (document.visibilityState !== "visible") return;
      for (const message of messages) {
        if (isIncoming(message, me) && message.dto.state !== "READ") {
          receipt(outbox, "message.read", message.id);
        }
      }
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [messages, me, outbox]);
}

/** Messages of this phone that the records do not show: on their way, or refused. */
function useUnsent() {
  const items = useOutboxState((s) => s.items);
  const known = useRecordMap("message");
  const seq = useCursorSeq();
  return useMemo(
    () =>
      items.filter(
        (item) =>
          item.envelope.kind === "message.send" &&
          !known.has(item.envelope.ref.id) &&
          (item.stage.kind === "refused" || isUnrecorded(item, seq)),
      ),
    [items, known, seq],
  );
}
