import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { formatSeconds } from "../../../ui/format-time.ts";
import { Icon } from "../../../ui/icons.tsx";
import { wordsOf } from "../../../ui/words-of.ts";
import { useNameOf } from "../use-field-records.ts";

type Dto = StoredRecord<"operation">["dto"];

/** Paused from above: which court and who ordered it, when, why, and whether it was confirmed. */
export function PauseBanner({ dto }: { dto: Dto }) {
  const { t } = useTranslation("field");
  const who = useOrderedBy(dto);
  const order = dto.pauseOrder;
  if (!order) return null;
  // Nobody orders a pause without saying why: one that cannot be read is said so.
  const reason = wordsOf(order.reason, t);
  const confirmed = confirmedAt(order) !== undefined;
  return (
    <section className="f-pause" role="alert">
      <Icon name="overdue" size="1.4em" />
      <div>
        <b>{t("pause.ordered", { who })}</b>
        <p>
          {order.at === undefined ? "" : `${formatSeconds(order.at)} · `}
          {confirmed ? t("pause.confirmed") : t("pause.unconfirmed")}
        </p>
        <p>{t("pause.reason", { reason })}</p>
      </div>
    </section>
  );
}

function useOrderedBy({ pauseOrder }: Dto): string {
  const nameOf = useNameOf();
  const court = pauseOrder?.byCourt ?? nameOf({ courtId: pauseOrder?.byCourtId });
  return pauseOrder?.byName ? `${court} ${pauseOrder.byName}` : court;
}

/** The projection tells when; the stored record keeps it together with the person. */
const confirmedAt = (order: NonNullable<Dto["pauseOrder"]>): number | undefined =>
  (order as { readonly confirmedAt?: number }).confirmedAt ?? order.confirmed?.at;
