import type { TFunction } from "i18next";
import type { RollTotals } from "../../../../shared/domain/rollcall/totals.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import type { SeenNotice } from "../../../store/duty-dto.ts";
import { isSilent } from "../queue/silence.ts";
import type { Names } from "./names.tsx";

/** What a record is called in a row, a header and a search result. */
export interface RecordTitle {
  readonly title: string;
  readonly state: string;
}

type Titler<K extends StoredRecord["type"]> = (
  dto: StoredRecord<K>["dto"],
  t: TFunction,
  names: Names,
) => RecordTitle;

const word = (t: TFunction, key: string, value: string | undefined): string =>
  value === undefined ? "" : t(`${key.includes(":") ? key : `domain:${key}`}.${value}`);

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter(Boolean).join(" · ");

const incident: Titler<"incident"> = (dto, t, names) => ({
  title: joined(
    word(t, "incident.kind", dto.kind),
    dto.sos ? undefined : word(t, "incident.level", dto.level),
    names.court(dto.courtId),
  ),
  state: dto.acknowledged
    ? word(t, "incident.state", dto.state)
    : t("domain:incident.notAcknowledged"),
});

const police: Titler<"police"> = (dto, t, names) => ({
  title: joined(
    `${dto.urgency ?? ""} ${word(t, "police.kind", dto.kind)}`.trim(),
    dto.unitId ? names.unit(dto.unitId) : names.court(dto.courtId),
  ),
  state: word(t, "police.state", dto.state),
});

const detention: Titler<"detention"> = (dto, t) => ({
  title: joined(word(t, "detention.kind", dto.kind), dto.subject?.label, dto.caseNo),
  state: dto.overtime ? t("domain:detention.overtime") : word(t, "detention.state", dto.state),
});

type OrderDto = StoredRecord<"order">["dto"] & { readonly state?: string };

const OVER: Readonly<Record<string, string>> = { REVOKED: "revoked", SUPERSEDED: "superseded" };

const order: Titler<"order"> = (dto, t, names) => {
  const { state, kind, effect, courtId, toCourtIds } = dto as OrderDto & {
    readonly toCourtIds?: readonly string[];
  };
  const to = toCourtIds?.map((id) => names.court(id)).join("、");
  return {
    title: joined(
      t("domain:type.order"),
      effect ? word(t, "order.effect", effect) : word(t, "order.kind", kind),
      `${names.court(courtId)} → ${to ?? ""}`,
    ),
    state: OVER[state ?? ""]
      ? t(`domain:order.${OVER[state ?? ""]}`)
      : word(t, "order.receipt", state),
  };
};

const report: Titler<"report"> = (dto, t, names) => ({
  title: joined(
    t("domain:type.report"),
    dto.kind && t(`orders:report.kind.${dto.kind}`),
    names.court(dto.courtId),
  ),
  state: dto.state ? t(`orders:report.state.${dto.state}`) : "",
});

const operation: Titler<"operation"> = (dto, t) => ({
  title: joined(word(t, "operation.kind", dto.kind), dto.code, dto.name),
  state: dto.pauseOrdered
    ? t("domain:operation.pauseOrdered")
    : word(t, "operation.state", dto.state),
});

const message: Titler<"message"> = (dto, t, names) => ({
  title: joined(
    t("domain:type.message"),
    names.officerOr(dto.fromOfficerId, names.court(dto.courtId)),
  ),
  state: word(t, "message.state", dto.state),
});

const checkin: Titler<"checkin"> = (dto, t, names) => ({
  title: joined(t("domain:type.checkin"), dto.officer ?? names.officer(dto.officerId)),
  state: isSilent(dto)
    ? t("operation:life.overdue")
    : t(`operation:life.state.${dto.state ?? "RUNNING"}`),
});

const shift: Titler<"shift"> = (dto, t, names) => ({
  title: joined(
    t("domain:type.shift"),
    names.court(dto.courtId),
    names.officerOr(dto.officerId, (dto as { readonly officer?: string }).officer ?? ""),
  ),
  state: word(t, "duty:state", dto.state),
});

/** n of m that answered or acknowledged. */
const share = (n: number, of: number): string => `${n}/${of}`;

const rollcall: Titler<"rollcall"> = (dto, t, names) => {
  const { totals } = dto as { readonly totals?: RollTotals };
  return {
    title: joined(
      t("domain:type.rollcall"),
      `${names.court(dto.courtId)} → ${names.court(dto.toCourtId)}`,
    ),
    state: totals ? share(totals.present + totals.late, totals.total) : "",
  };
};

const notice: Titler<"notice"> = (dto, t, names) => {
  const { acked } = dto as Partial<Pick<SeenNotice, "acked">>;
  return {
    title: joined(word(t, "duty:notice.kind", dto.kind), names.court(dto.courtId)),
    state: joined(
      word(t, "duty:notice.state", dto.state),
      dto.needsAck && acked ? share(acked.n, acked.of) : undefined,
    ),
  };
};

const officer: Titler<"officer"> = (dto, t, names) => ({
  title: joined(dto.name ? `${dto.name} ${dto.title ?? ""}` : dto.short, names.court(dto.courtId)),
  state: word(t, "duty", dto.duty),
});

const court: Titler<"court"> = (dto, t) => ({
  title: dto.name ?? "",
  state: word(t, "tier", dto.tier),
});

const unit: Titler<"unit"> = (dto, t) => ({
  title: dto.name ?? "",
  state: word(t, "unit.kind", dto.kind),
});

const between = (t: TFunction, names: Names, what: string, from?: string, to?: string) =>
  joined(t(what), `${names.court(from)} → ${names.court(to)}`);

const delegation: Titler<"delegation"> = (dto, t, names) => ({
  title: between(t, names, `oversight:delegation.item.${dto.itemType}`, dto.courtId, dto.toCourtId),
  state: t(`oversight:delegation.state.${dto.state}`),
});

const supervision: Titler<"supervision"> = (dto, t, names) => ({
  title: between(
    t,
    names,
    `oversight:supervision.kind.${dto.kind}`,
    dto.courtId,
    dto.targetCourtId,
  ),
  state: t(`oversight:supervision.state.${dto.state}`),
});

const observer: Titler<"observer"> = (dto, t) => ({
  title: joined(t("domain:type.observer"), dto.organisation),
  state: t(`oversight:observer.state.${dto.state}`),
});

const opinion: Titler<"opinion"> = (dto, t) => ({
  title: joined(t("domain:type.opinion"), dto.docNo),
  state: t(`oversight:opinion.state.${dto.state}`),
});

const liaison: Titler<"liaison"> = (dto, t, names) => ({
  title: joined(word(t, "liaison.service", dto.service), names.unit(dto.unitId), dto.caseNo),
  state: word(t, "liaison.state", dto.state),
});

const suggestion: Titler<"suggestion"> = (dto, t, names) => ({
  title: joined(word(t, "suggestion.kind", dto.kind), names.unit(dto.unitId), dto.letterNo),
  state: word(t, "suggestion.state", dto.state),
});

const TITLERS: { readonly [K in StoredRecord["type"]]?: Titler<K> } = {
  incident,
  police,
  detention,
  order,
  report,
  operation,
  message,
  checkin,
  shift,
  rollcall,
  notice,
  officer,
  court,
  unit,
  delegation,
  supervision,
  observer,
  opinion,
  liaison,
  suggestion,
};

export function recordTitle(record: StoredRecord, t: TFunction, names: Names): RecordTitle {
  const titler = TITLERS[record.type] as Titler<StoredRecord["type"]> | undefined;
  return titler?.(record.dto, t, names) ?? { title: t(`domain:type.${record.type}`), state: "" };
}
