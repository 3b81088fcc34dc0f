import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { StoredRecord } from "../../../store/dto.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { useRecords } from "../../../store/use-records.ts";
import { useUi } from "../../../store/use-session.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import { useNames } from "../desk/names.tsx";
import { TimeText } from "./FactList.tsx";

const MOST = 20;

/** Messages to and from this officer or court, with how far each has come; read ones for a while. */
export function Messages({ record }: { record: StoredRecord }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const select = useUi((s) => s.select);
  const messages = useMessages()
    .filter(({ dto }) =>
      record.type === "court"
        ? dto.toCourtId === record.id
        : dto.toOfficerId === record.id || dto.fromOfficerId === record.id,
    )
    .sort((a, b) => (b.dto.sentAt ?? 0) - (a.dto.sentAt ?? 0));
  return (
    <section className="drawer-part" aria-label={t("messages.title")}>
      <h3>{t("messages.title")}</h3>
      {messages.length === 0 ? <p className="second">{t("messages.empty")}</p> : null}
      <ol className="timeline">
        {messages.slice(0, MOST).map(({ id, dto }) => (
          <li key={id}>
            <TimeText at={dto.sentAt ?? 0} />
            <span>
              <button
                type="button"
                className="link-button"
                onClick={() => select({ type: "message", id })}
              >
                {names.officerOr(dto.fromOfficerId, names.court(dto.courtId))}
              </button>
              <span className="second"> {t(`domain:message.state.${dto.state}`)}</span>
              <q>{wordsOf(dto.text, t)}</q>
            </span>
          </li>
        ))}
      </ol>
      {messages.length > MOST ? (
        <p className="second">{t("common:list.more", { n: messages.length - MOST })}</p>
      ) : null}
    </section>
  );
}

type Message = StoredRecord<"message">;

/** Live ones, and those that were read while this view looked on. */
function useMessages(): readonly Message[] {
  const live = useRecords("message");
  const closed = useStore(useStores().records, (s) => s.closed);
  const read = closed.filter(({ type }) => type === "message");
  return [...live, ...(read as unknown as readonly Message[])];
}
