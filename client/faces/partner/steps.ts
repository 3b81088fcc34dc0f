import type { PoliceRequestState } from "../../../shared/domain/police/state.ts";
import { liaisonSpec, policeSpec } from "../../../shared/domain/unit/catalogue.ts";
import {
  type LiaisonAnswerStep,
  POLICE_ANSWERS,
  type PoliceAnswerStep,
} from "../../../shared/domain/unit/service.ts";
import type { StoredRecord } from "../../store/dto.ts";
import type { Asked } from "./requests.ts";

export type StepName = PoliceAnswerStep | LiaisonAnswerStep | "REFUSE";

/** What has to be written with an answer. */
export type Wanted = "receivedBy" | "reply" | "note" | "reason";

/** One button. */
export interface Step {
  readonly name: StepName;
  /** Command kind. */
  readonly kind: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly wants?: Wanted;
  /** A request that the law may refuse, with the revision it was decided on. */
  readonly judged?: true;
  /** When it was reached, ms. */
  readonly at?: number;
  /** Reached, or something later was. */
  readonly past: boolean;
}

export interface Steps {
  /** In the order of work, as the catalogue says. */
  readonly main: readonly Step[];
  readonly others: readonly Step[];
  readonly refuse: Step;
  /** The one that comes next. */
  readonly next: StepName | undefined;
}

export function stepsOf(record: Asked): Steps {
  const found = record.type === "police" ? policeSteps(record) : liaisonSteps(record);
  return { ...found, next: found.main.find(({ past }) => !past)?.name };
}

type Found = Omit<Steps, "next">;

const RANK: Readonly<Partial<Record<PoliceRequestState, number>>> = {
  ACKED: 1,
  DISPATCHED: 2,
  ARRIVED: 3,
  HELD_BY_POLICE: 4,
  TAKEN_OVER: 5,
};

function policeSteps({ dto }: StoredRecord<"police">): Found {
  const order = dto.kind ? policeSpec(dto.kind).answers : POLICE_ANSWERS;
  const step = (name: PoliceAnswerStep) => policeStep(name, dto);
  return {
    main: order.map(step),
    others: POLICE_ANSWERS.filter((name) => !order.includes(name)).map(step),
    refuse: { name: "REFUSE", kind: "police.decline", wants: "reason", judged: true, past: false },
  };
}

function policeStep(name: PoliceAnswerStep, dto: StoredRecord<"police">["dto"]): Step {
  if (name === "CLOSED") {
    return { name, kind: "police.finish", wants: "note", judged: true, past: false };
  }
  if (name === "HANDED_OVER") {
    const at = dto.handedOver?.at;
    const past = at !== undefined || dto.state === "TAKEN_OVER";
    return { name, kind: "police.handOver", wants: "receivedBy", past, ...timed(at) };
  }
  const past = (RANK[dto.state ?? "SENT"] ?? 0) >= (RANK[name] ?? 0);
  return {
    ...{ name, kind: "police.respond", payload: { state: name }, past },
    ...timed(dto.times?.[name]),
  };
}

/** Whoever refused may still reply (LIA-14). */
const LIAISON_RANK: Readonly<Record<string, number>> = {
  RECEIVED: 1,
  PROCESSING: 2,
  REFUSED: 3,
  REPLIED: 4,
};

function liaisonSteps({ dto }: StoredRecord<"liaison">): Found {
  const { unitType, service, state = "SENT", times } = dto;
  const order = unitType && service ? liaisonSpec(unitType, service)?.answers : undefined;
  const main = (order ?? (["RECEIVED", "PROCESSING", "REPLIED"] as const)).map((name): Step => {
    const past = (LIAISON_RANK[state] ?? 0) >= (LIAISON_RANK[name] ?? 0);
    const at = timed(times?.[name]);
    return name === "REPLIED"
      ? { name, kind: "liaison.reply", wants: "reply", past, ...at }
      : { name, kind: "liaison.respond", payload: { state: name }, past, ...at };
  });
  const refuse: Step = {
    ...{ name: "REFUSE", kind: "liaison.refuse", wants: "reason", judged: true },
    past: state === "REFUSED",
    ...timed(times?.REFUSED),
  };
  return { main, others: [], refuse };
}

const timed = (at: number | undefined) => (at === undefined ? {} : { at });
