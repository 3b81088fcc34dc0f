import { useTranslation } from "react-i18next";
import type { HeldItem } from "../../../link/outbox-item.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { wordsOf } from "../../../ui/words-of.ts";
import { StageOfItem } from "../parts/SendButton.tsx";
import { madeAt } from "../sent.ts";
import { useNameOf } from "../use-field-records.ts";

interface Props {
  readonly message: StoredRecord<"message">;
  readonly mine: boolean;
}

export function MessageBubble({ message: { dto }, mine }: Props) {
  const { t } = useTranslation(["field", "domain"]);
  const nameOf = useNameOf();
  const now = useNow(60_000);
  const language = useLanguage();
  const from = { officerId: dto.fromOfficerId, courtId: dto.courtId };
  return (
    <li className="f-bubble" data-mine={mine}>
      <p>{wordsOf(dto.text, t)}</p>
      <small>
        {mine ? t("messages.me") : nameOf(from)}
        {dto.sentAt === undefined ? "" : ` · ${formatTime(dto.sentAt, now, language)}`}
        {mine && dto.state ? ` · ${t(`messages.state.${dto.state}`)}` : ""}
      </small>
    </li>
  );
}

/** Not in the records yet: its text is on this phone only, its stage the outbox's. */
export function UnsentBubble({ item }: { item: HeldItem }) {
  const now = useNow(60_000);
  const language = useLanguage();
  const { text } = item.envelope.payload as { readonly text?: string };
  return (
    <li className="f-bubble" data-mine="true" data-unsent="true">
      <p>{text}</p>
      <small>
        {formatTime(madeAt(item), now, language)} · <StageOfItem item={item} />
      </small>
    </li>
  );
}
