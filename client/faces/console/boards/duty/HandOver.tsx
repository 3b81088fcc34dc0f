import { useState } from "react";
import { useTranslation } from "react-i18next";
import { textOf } from "../../../../store/dto.ts";
import type { SeenShift } from "../../../../store/duty-dto.ts";
import { useRecord } from "../../../../store/use-records.ts";
import { formatTime } from "../../../../ui/format-time.ts";
import { useLanguage } from "../../../../ui/use-language.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { wordsOf } from "../../../../ui/words-of.ts";
import { useNames } from "../../desk/names.tsx";
import { ActNow } from "../../duty/ActNow.tsx";
import { HandoverItems } from "./HandoverItems.tsx";
import { takersOf } from "./plan-shift.ts";

interface Props {
  readonly shift: SeenShift;
  readonly shifts: readonly SeenShift[];
}

/** The running shift: its list, what is said of each matter, and to whom it is offered. */
export function HandOver({ shift, shifts }: Props) {
  const { t } = useTranslation("duty");
  const record = useRecord("shift", shift.id);
  const names = useNames();
  const { list } = shift;
  if (!record) return null;
  return (
    <section className="handover" aria-label={t("handover.title")}>
      <h3>
        {t("handover.on", { name: names.officerOr(shift.officerId, shift.officer ?? "") })}
        <Returned shift={shift} />
      </h3>
      {list?.offered ? <Offered shift={shift} shifts={shifts} /> : null}
      {list && !list.offered ? <Offer shift={shift} shifts={shifts} /> : null}
      <div className="duty-tools">
        <ActNow
          record={record}
          kind="shift.prepare"
          {...(list ? { label: t("handover.anew") } : { filled: true as const })}
        />
      </div>
    </section>
  );
}

function Returned({ shift }: { shift: SeenShift }) {
  const { t } = useTranslation("duty");
  const { returned } = shift.list ?? {};
  if (!returned) return null;
  return (
    <span className="handover-note">
      {t("handover.returned", { reason: wordsOf(returned.reason, t) })}
    </span>
  );
}

function Offered({ shift, shifts }: Props) {
  const { t } = useTranslation("duty");
  const language = useLanguage();
  const now = useNow(10_000);
  const { offered, items = [] } = shift.list ?? {};
  const taker = shifts.find(({ id }) => id === offered?.toShiftId);
  const remark = textOf(offered?.remark);
  return (
    <>
      <p role="status">
        {t("handover.offered", {
          name: taker?.officer ?? "",
          time: formatTime(offered?.at ?? 0, now, language),
        })}
      </p>
      {remark ? <p>{t("handover.remarkIs", { text: remark })}</p> : null}
      <HandoverItems shift={shift} items={items} />
    </>
  );
}

/** Whatever is not said to be done is undone: one press says so of all that is left. */
function Offer({ shift, shifts }: Props) {
  const { t } = useTranslation("duty");
  const record = useRecord("shift", shift.id);
  const takers = takersOf(shift, shifts);
  const [chosen, setChosen] = useState<string>();
  const [remark, setRemark] = useState("");
  const items = shift.list?.items ?? [];
  const open = items.filter(({ mark }) => !mark).length;
  const toShiftId = takers.some(({ id }) => id === chosen) ? chosen : takers[0]?.id;
  const said = remark.trim();
  if (!record) return null;
  return (
    <>
      <HandoverItems shift={shift} items={items} record={record} />
      <div className="handover-offer">
        <TakerSelect takers={takers} chosen={toShiftId} onChoose={setChosen} />
        <label>
          {t("handover.remark")}
          <textarea
            rows={2}
            maxLength={500}
            value={remark}
            onChange={(event) => setRemark(event.target.value)}
          />
        </label>
        <ActNow
          record={record}
          kind="shift.offer"
          filled
          blocked={toShiftId === undefined}
          label={open > 0 ? t("handover.offerRest", { n: open }) : t("handover.offer")}
          payload={{
            ...(toShiftId ? { toShiftId } : {}),
            ...(said ? { remark: said } : {}),
            ...(open > 0 ? { restUndone: true } : {}),
          }}
        />
        {toShiftId === undefined ? <p className="refusal">{t("handover.noTaker")}</p> : null}
      </div>
    </>
  );
}

function TakerSelect({
  takers,
  chosen,
  onChoose,
}: {
  takers: readonly SeenShift[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation("duty");
  const language = useLanguage();
  const now = useNow(60_000);
  return (
    <label>
      {t("handover.to")}
      <select value={chosen ?? ""} onChange={(event) => onChoose(event.target.value)}>
        {takers.map(({ id, officer, from }) => (
          <option key={id} value={id}>
            {officer} · {formatTime(from, now, language)}
          </option>
        ))}
      </select>
    </label>
  );
}
