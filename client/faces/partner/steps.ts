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
export type Wanted = "receivedBy" | "receiptNo" | "reply" | "note" | "reason";

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
    others: POLICE_ANSWERS.filter((name) => !order.includes(name) && fits(name, dto)).map(step),
    refuse: { name: "REFUSE", kind: "police.decline", wants: "reason", judged: true, past: false },
  };
}

type Police = StoredRecord<"police">["dto"];

/** The house takes in whom a request for custody brings, and nobody else. */
const fits = (name: PoliceAnswerStep, { kind }: Police): boolean =>
  name !== "TOOK_IN" || kind === "CUSTODY_INTAKE";

/** Answers that say what became of a person, or of the request: each with its own command. */
const SPECIAL: Readonly<
  Record<"CLOSED" | "HANDED_OVER" | "TOOK_IN" | "RELEASED", (dto: Police) => Omit<Step, "name">>
> = {
  CLOSED: () => ({ kind: "police.finish", wants: "note", judged: true, past: false }),
  HANDED_OVER: ({ handedOver, state }) => ({
    kind: "police.handOver",
    wants: "receivedBy",
    past: handedOver !== undefined || state === "TAKEN_OVER",
    ...timed(handedOver?.at),
  }),
  TOOK_IN: ({ tookIn }) => ({
    kind: "police.takeIn",
    wants: "receiptNo",
    past: tookIn !== undefined,
    ...timed(tookIn?.at),
  }),
  RELEASED: ({ released }) => ({
    kind: "police.release",
    wants: "note",
    past: released !== undefined,
    ...timed(released?.at),
  }),
};

const isSpecial = (name: PoliceAnswerStep): name is keyof typeof SPECIAL =>
  Object.hasOwn(SPECIAL, name);

function policeStep(name: PoliceAnswerStep, dto: Police): Step {
  if (isSpecial(name)) return { name, ...SPECIAL[name](dto) };
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
