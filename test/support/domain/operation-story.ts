import type { Occurred } from "../../../shared/domain/kernel/event.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import type { OperationState } from "../../../shared/domain/operation/state.ts";
import { province } from "./province.ts";
import { MONDAY_9_00, Story, type When } from "./story.ts";

type Payload = Readonly<Record<string, unknown>>;
export type Step = readonly [by: string, verb: string, payload?: Payload];

const HOUR = 3_600_000;
export const TEXT = { id: "t1", hash: "h1" };
export const WITNESS = { id: "w1", label: "李*", sex: "M", ageBand: "18_69", flags: [] } as const;
export const TEAM = ["jiangan.judge", "jiangan.police"];

/** A plan of 江岸 court for a service of papers: the least that is asked of any operation. */
export const PLAN = {
  code: "JA-1",
  name: "江岸一号",
  kind: "SERVE",
  caseNo: "(2026)鄂0102执1号",
  place: { lat: 30.6, lng: 114.3, address: "解放大道" },
  placeCourtId: "jiangan",
  chiefCommanderId: "jiangan.chief",
  sceneCommanderId: "jiangan.judge",
  memberIds: TEAM,
  planDoc: TEXT,
  risk: "LOW",
  isMajor: false,
  musterAt: MONDAY_9_00 + HOUR,
} as const;

export const SEARCH = { ...PLAN, kind: "SEARCH", docs: { searchOrderId: "搜1号" } } as const;
export const READY = { certificate: true, uniform: true, bodyCam: true, deviceTest: true };

/** The steps to a state, as the right people take them; the chief commander gives the orders. */
export const WAY: readonly (readonly [OperationState, readonly Step[]])[] = [
  ["SUBMITTED", [["jiangan.judge", "submit"]]],
  ["APPROVED", [["jiangan.president", "approve", { approvalNo: "批1号" }]]],
  ["MUSTERING", [["jiangan.judge", "muster"]]],
  [
    "EN_ROUTE",
    [
      ...TEAM.map(
        (officerId): Step => [
          "jiangan.judge",
          "checkMember",
          { officerId, presence: "PRESENT", ...READY },
        ],
      ),
      ["jiangan.chief", "orderDeparture"],
    ],
  ],
  ["ON_SCENE", [["jiangan.judge", "arrive"]]],
  [
    "EXECUTING",
    [
      ...TEAM.map(
        (officerId): Step => [
          officerId,
          "showCredentials",
          { officerId, certificate: true, uniform: true },
        ],
      ),
      ["jiangan.judge", "recordAttendee", { attendeeId: "a1", role: "WITNESS", subject: WITNESS }],
      ["jiangan.chief", "start"],
    ],
  ],
  ["CLOSING", [["jiangan.judge", "beginClosing"]]],
  [
    "CLOSED",
    [
      ...["RECORD_SIGNED", "LIST_HANDED", "NO_GOODS"].map(
        (fact): Step => ["jiangan.judge", "recordScene", { fact }],
      ),
      ["jiangan.judge", "attestEvidence", { complete: true }],
      ...TEAM.map((officerId): Step => [officerId, "reportSafe", { officerId }]),
      ["jiangan.director", "close"],
    ],
  ],
];

/** One planned operation, `op1`, told in one word per step. */
export function operationStory(more: readonly AnyRecord[] = []) {
  const story = new Story([...province(), ...more]);
  const when = (by: string, verb: string, payload: Payload = {}, occurred?: Occurred): When => ({
    by,
    kind: `operation.${verb}`,
    ref: { type: "operation", id: "op1" },
    payload,
    ...(occurred ? { occurred } : {}),
  });
  const did = (by: string, verb: string, payload?: Payload, occurred?: Occurred) =>
    story.accepted(when(by, verb, payload, occurred));
  const record = () => story.the("operation", "op1");
  return {
    story,
    when,
    did,
    record,
    no: (by: string, verb: string, payload?: Payload) => story.refused(when(by, verb, payload)),
    draft: (plan: Payload = PLAN) => did("jiangan.judge", "draft", plan),
    /** From where it stands to `state`; each step must be accepted. */
    to(state: OperationState, plan: Payload = PLAN) {
      if (!story.state.get("operation", "op1")) did("jiangan.judge", "draft", plan);
      const reached = WAY.findIndex(([name]) => name === record().state);
      const wanted = WAY.findIndex(([name]) => name === state);
      for (const [, steps] of WAY.slice(reached + 1, wanted + 1)) {
        for (const step of steps) did(...step);
      }
      return record();
    },
    order: (by: string, verb: string, id: string) =>
      story.accepted({
        by,
        kind: `order.${verb}`,
        ref: { type: "order", id },
        payload: { toCourtId: "jiangan", operationId: "op1", urgency: "P1", body: TEXT },
      }),
  };
}
