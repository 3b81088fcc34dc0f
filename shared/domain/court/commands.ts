import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { LatLng } from "../kernel/record.ts";
import {
  accept,
  type Decision,
  type Refusal,
  type RefusalText,
  refusal,
  refuse,
} from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { Court, CourtKind, CourtTier, DutyContact } from "./state.ts";

interface RegisterCourt {
  readonly name: string;
  readonly tier: CourtTier;
  readonly parentId?: string;
  readonly caseCode?: string;
  readonly kind: CourtKind;
  readonly seat: LatLng;
  readonly seatSource: Court["seatSource"];
}

export type CourtRegistered = DomainEvent<
  "CourtRegistered",
  RegisterCourt & { readonly tierPath: readonly string[] }
>;

interface SetDutyContact {
  readonly contactId: string;
  readonly roles: DutyContact["roles"];
  /** Without it the contact is taken off the list. */
  readonly phone?: string;
}

export type DutyContactSet = DomainEvent<"DutyContactSet", SetDutyContact>;

/** More are never rung for one alarm. */
const MOST_CONTACTS = 10;

function setDutyContact({
  id,
  entity,
  payload,
}: DecideInput<Court, SetDutyContact>): Decision<DomainEvent> {
  const others = (entity?.dutyContacts ?? []).filter((each) => each.id !== payload.contactId);
  if (payload.phone === undefined && others.length === (entity?.dutyContacts?.length ?? 0)) {
    return refuse("NO_SUCH_CONTACT", { ruleId: "REG-14" });
  }
  if (others.length >= MOST_CONTACTS) {
    return refuse("TOO_MANY_CONTACTS", { ruleId: "REG-14", params: { most: MOST_CONTACTS } });
  }
  return accept({
    type: "DutyContactSet",
    ref: { type: "court", id },
    data: payload,
  } satisfies DutyContactSet);
}

const TIER_ABOVE: Readonly<Record<CourtTier, CourtTier | undefined>> = {
  HIGH: undefined,
  INTERMEDIATE: "HIGH",
  BASIC: "INTERMEDIATE",
};

/** The tree has one root, the High Court, and every parent is exactly one tier above. */
function treeRefusal(payload: RegisterCourt, state: StateReader): Refusal | undefined {
  const needed = TIER_ABOVE[payload.tier];
  if (needed === undefined) {
    if (payload.parentId !== undefined) return refusal("WRONG_TIER", { ruleId: "REG-1" });
    return state.count("court") > 0 ? refusal("ROOT_EXISTS", { ruleId: "REG-2" }) : undefined;
  }
  if (payload.parentId === undefined) return refusal("WRONG_TIER", { ruleId: "REG-1" });
  const parent = state.get("court", payload.parentId);
  if (!parent) return refusal("NO_SUCH_COURT");
  return parent.tier === needed ? undefined : refusal("WRONG_TIER", { ruleId: "REG-1" });
}

function register({
  id,
  payload,
  state,
}: DecideInput<Court, RegisterCourt>): Decision<DomainEvent> {
  const wrong = treeRefusal(payload, state);
  if (wrong) return { ok: false, refusal: wrong };
  const above = payload.parentId ? (state.get("court", payload.parentId)?.tierPath ?? []) : [];
  return accept({
    type: "CourtRegistered",
    ref: { type: "court", id },
    data: { ...payload, tierPath: [...above, id] },
  } satisfies CourtRegistered);
}

export const COURT_COMMANDS: CommandSpecs<Court> = {
  "court.register": command<Court, RegisterCourt>({
    nature: "REQUEST",
    target: "NEW",
    bySystem: true,
    courtOf: (payload) => payload.parentId,
    decide: register,
  }),
  "court.setDutyContact": command<Court, SetDutyContact>({
    nature: "REQUEST",
    target: "EXISTING",
    bySystem: true,
    decide: setDutyContact,
  }),
};

export const COURT_REFUSALS: Readonly<Record<string, RefusalText>> = {
  WRONG_TIER: {
    what: {
      zh: "上级法院须恰好高一级",
      en: "The parent court must be exactly one tier above",
    },
    fix: { zh: "请核对法院层级和上级法院", en: "Check the tier and the parent court" },
  },
  ROOT_EXISTS: {
    what: { zh: "本部署已有高级法院", en: "This deployment has its High Court already" },
    fix: { zh: "请在其下登记", en: "Register the court below it" },
  },
  NO_SUCH_CONTACT: {
    what: { zh: "没有此值班电话", en: "There is no such duty contact" },
    fix: { zh: "请核对后重试", en: "Check the list of contacts" },
  },
  TOO_MANY_CONTACTS: {
    what: { zh: "值班电话不得超过{most}个", en: "A court has at most {most} duty contacts" },
    fix: { zh: "请先删除不用的号码", en: "Take one off the list first" },
  },
  NO_SUCH_COURT: {
    what: { zh: "没有此法院", en: "There is no such court" },
    fix: { zh: "请先登记该法院", en: "Register that court first" },
  },
};
