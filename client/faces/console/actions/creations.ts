import { can } from "../../../../shared/domain/authority/can.ts";
import type { EntityType } from "../../../../shared/domain/kernel/ref.ts";
import { type Refusal, refusal } from "../../../../shared/domain/kernel/refusal.ts";
import { LIAISON_CATALOGUE } from "../../../../shared/domain/unit/liaison-catalogue.ts";
import type { Hello } from "../../../../shared/wire/live.ts";
import { type Act, actorOf, relationTo } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";

type Courts = ReadonlyMap<string, StoredRecord<"court">>;

/** What can be opened from a record: a new record that refers to it. */
const FROM: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  operation: [
    "order.pause",
    "order.liftPause",
    "order.abort",
    "order.task",
    "police.send",
    "detention.approveCompel",
    "detention.propose",
    "incident.report",
    "report.submit",
  ],
  incident: ["police.send", "order.task", "report.submit"],
  order: ["report.submit"],
  detention: ["police.send", "order.task"],
  police: ["order.task"],
  officer: ["message.send"],
  court: ["order.task", "message.send", "supervision.open"],
  unit: ["liaison.send"],
  liaison: ["suggestion.issue", "suggestion.proposeFine"],
};

export const creationsFrom = (type: EntityType): readonly string[] => FROM[type] ?? [];

/**
 * Authority over the court that the new record will be addressed to; the law that can be read off
 * this record comes with it. Everything else is the server's to say.
 */
export function creationAct(
  record: StoredRecord,
  kind: string,
  hello: Hello | undefined,
  courts: Courts,
): Act {
  const actor = actorOf(hello);
  if (!actor) return { kind: "absent" };
  const unable = can(actor, kind, relationTo(actor.courtId, record, courts), {});
  if (unable?.code === "WRONG_COURT") return { kind: "absent" };
  if (unable) return { kind: "refused", refusal: unable };
  const law = LAW[kind]?.(record, actor.courtId, courts);
  return law ? { kind: "refused", refusal: law } : { kind: "open" };
}

type Law = (record: StoredRecord, courtId: string, courts: Courts) => Refusal | undefined;

const pauseOf = (record: StoredRecord) => (record as StoredRecord<"operation">).dto.pauseOrder;

/** As `suggestion/commands.ts` decides it (LIA-10). */
function notRefused({ dto }: StoredRecord): Refusal | undefined {
  const { state } = dto as StoredRecord<"liaison">["dto"];
  return state === "REFUSED" ? undefined : refusal("NOT_REFUSED", { ruleId: "LIA-10" });
}

/** As `order/issue.ts` decides it (ORD-4, ORD-5), so that the button says so before. */
const LAW: Readonly<Record<string, Law>> = {
  "order.pause": (record, courtId, courts) => {
    const pause = pauseOf(record);
    return pause?.byCourtId === courtId
      ? refusal("PAUSED_ALREADY", {
          ruleId: "ORD-4",
          params: { court: courts.get(courtId)?.dto.name ?? courtId },
        })
      : undefined;
  },
  "order.liftPause": (record) =>
    pauseOf(record) ? undefined : refusal("NO_PAUSE_TO_LIFT", { ruleId: "ORD-5" }),
  "liaison.send": ({ dto }) =>
    LIAISON_CATALOGUE.some(({ unit }) => unit === (dto as StoredRecord<"unit">["dto"]).kind)
      ? undefined
      : refusal("NO_SUCH_SERVICE", { ruleId: "LIA-1" }),
  "suggestion.issue": notRefused,
  "suggestion.proposeFine": notRefused,
};
