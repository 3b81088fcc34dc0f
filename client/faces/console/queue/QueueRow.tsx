import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { ClockBadge } from "../../../ui/ClockBadge.tsx";
import { UnverifiedMark } from "../../../ui/UnverifiedMark.tsx";
import { KindIcon } from "../desk/KindIcon.tsx";
import { useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import { holderName } from "../hold/holders.ts";
import type { QueueItem } from "./queue-item.ts";

interface RowProps {
  readonly item: QueueItem;
  readonly selected: boolean;
  readonly cursor: boolean;
  /** Here although the filter leaves it out. */
  readonly forced: boolean;
  readonly onOpen: (item: QueueItem) => void;
}

export const QueueRow = memo(function QueueRow({
  item,
  selected,
  cursor,
  forced,
  onOpen,
}: RowProps) {
  const { t } = useTranslation("console");
  const names = useNames();
  const { record, tone, clock } = item;
  const { title, state } = recordTitle(record, t, names);
  return (
    <li>
      <button
        type="button"
        className="queue-row"
        data-tone={tone}
        data-key={item.key}
        data-cursor={cursor ? "" : undefined}
        aria-current={selected}
        onClick={() => onOpen(item)}
      >
        <KindIcon type={record.type} />
        <span className="row-main">
          <span className="row-title">{title}</span>
          <span className="row-more">
            <b className="row-state">{state}</b>
            <UnverifiedMark record={record} />
            <Holder item={item} />
            <Helper item={item} />
            {forced ? <span className="row-pinned">{t("queue.pinned")}</span> : null}
          </span>
        </span>
        {clock ? <ClockBadge clock={clock} short /> : null}
      </button>
    </li>
  );
});

/** Whose desk it is on: a named person, or a court that is still to send one. */
function Holder({ item }: { item: QueueItem }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const { holder } = item.record.dto;
  if (!holder) return <span>{names.court(item.courtId)}</span>;
  const person = holderName(item.record, names);
  const climbed = holder.courtId !== item.courtId;
  const chain = climbed
    ? `${names.court(item.courtId)} → ${names.court(holder.courtId)}`
    : names.court(holder.courtId);
  const said = person === undefined ? t("queue.desk", { court: chain }) : `${chain} ${person}`;
  return <span>{said.trim()}</span>;
}

/** Another court that moves first. */
function Helper({ item }: { item: QueueItem }) {
  const { t } = useTranslation("orders");
  const names = useNames();
  const { assist } = item.record.dto as StoredRecord<"incident">["dto"];
  if (item.record.type !== "incident" || !assist) return null;
  if (assist.state === "TAKEN_OVER" || assist.state === "DECLINED") return null;
  return <span>{t("row.helper", { court: names.court(assist.courtId) })}</span>;
}
