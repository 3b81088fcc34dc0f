import type { CommandRequest } from "../../../client/link/envelope.ts";
import type { CommandAnswer } from "../../../shared/wire/command.ts";
import type { ActName } from "./plan.ts";
import type { SimDevice } from "./sim-device.ts";
import type { SimServer } from "./sim-server.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Witness } from "./witness.ts";

const PLACE = { lat: 30.6, lng: 114.3 };
const CASE = "(2026)鄂0102执1号";
const SUBJECT = { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] };

export interface Scene {
  readonly time: VirtualTime;
  readonly server: SimServer;
  readonly witness: Witness;
  readonly desks: readonly SimDevice[];
  readonly phones: readonly SimDevice[];
  /** Counts up: names of records that people make. */
  next(): number;
}

type Act = (scene: Scene, n: number) => void;

const at = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

/** Open calls for help as this desk sees them now, on its own glass. */
const openOn = (desk: SimDevice): { id: string; rev: number }[] =>
  [...desk.stores.records.getState().maps.incident.values()]
    .filter(({ dto }) => (dto as { acknowledged?: unknown }).acknowledged === undefined)
    .map(({ id, dto }) => ({ id, rev: (dto as { stateRev?: number }).stateRev ?? 0 }));

const onIncident = (
  id: string,
  kind: string,
  more: Partial<CommandRequest> = {},
): CommandRequest => ({
  kind: `incident.${kind}`,
  ref: { type: "incident", id },
  ...more,
});

const acknowledge = (desk: SimDevice | undefined, n: number): void => {
  const open = desk && at(openOn(desk), n);
  // Every other one says on which revision it was decided, and is refused if that is old.
  if (open) desk.act(onIncident(open.id, "acknowledge", n % 2 ? { rev: open.rev } : {}));
};

/** What desks settle between them about an alarm; most of it is refused where it comes from. */
const HOLD_VERBS: readonly (readonly [string, object])[] = [
  ["take", {}],
  ["assist", { courtId: "huangpi" }],
  ["handOver", {}],
  ["declineAssist", { reason: "警力不足" }],
  ["handBack", { reason: "情况已明" }],
  ["sign", {}],
];

function hold(desk: SimDevice | undefined, n: number): void {
  const all = [...(desk?.stores.records.getState().maps.incident.values() ?? [])];
  const id = at(all, n >> 2)?.id;
  const [verb = "take", payload = {}] = at(HOLD_VERBS, n >> 3) ?? [];
  if (id) desk?.act(onIncident(id, verb, { payload: { ...payload } }));
}

/** A notice to the courts below, or the acknowledgement of one. */
function notice({ desks, next }: Scene, n: number): void {
  const desk = at(desks, n);
  const all = [...(desk?.stores.records.getState().maps.notice.values() ?? [])];
  const id = n % 3 ? at(all, n >> 2)?.id : undefined;
  if (id) desk?.act({ kind: "notice.acknowledge", ref: { type: "notice", id } });
  else
    desk?.act({
      kind: "notice.publish",
      ref: { type: "notice", id: `notice-${next()}` },
      payload: { kind: "ALERT", body: `请各法院核实 ${n}`, tiers: ["BASIC"], needsAck: true },
    });
}

const onDetention = (scene: Scene, n: number, what: string, payload: object): void =>
  scene.phones[0]?.act({
    kind: `detention.${what}`,
    ref: { type: "detention", id: `d${n % 3}` },
    payload: { ...payload },
  });

/** Papers that come from a room that is not simulated: by POST, once. */
function handIn(scene: Scene, who: string, kind: string, id: string, payload: object): void {
  const raw = {
    id: `paper.${scene.next()}.${who}`,
    kind,
    ref: { type: "detention", id },
    payload,
    knownSeq: 0,
    knownAt: 0,
  };
  scene.server.command(raw, who).catch(() => undefined); // nobody waits for it
}

/** Something that came before comes again: a second road, a proxy, a person with a recording. */
function again({ server }: Scene, n: number): void {
  const old = at(server.taken, n);
  if (old) server.command(old.raw, old.who).catch(() => undefined);
}

/** The id of a command that took effect, with something else in it: never takes effect. */
function twisted({ server, witness, next }: Scene, n: number): void {
  const old = at(server.taken, n);
  if (!old) return;
  const raw = old.raw as { id: string; payload: object; deviceAt?: number };
  if (!witness.holds(raw.id)) return;
  const judge = ({ outcome, refusal }: CommandAnswer): void => {
    witness.counts.twisted += 1;
    if (outcome !== "REFUSED" || refusal?.code !== "ID_REUSED")
      witness.problem(`INV-4 ${raw.id} was taken with other content: ${outcome} ${refusal?.code}`);
  };
  const other = { ...raw, deviceAt: (raw.deviceAt ?? 0) + next() };
  server.command(other, old.who).then(judge, () => undefined);
}

/** The root court's desk decides about a step of the machine's clock, as its glass shows it. */
function settle({ desks }: Scene, n: number): void {
  const desk = desks.find(({ seated }) => seated.courtId === "high");
  for (const { id, dto } of desk?.stores.records.getState().maps.timebase.values() ?? []) {
    const { nodes } = dto as { nodes?: readonly { node: string; offMs: number; state: string }[] };
    const held = nodes?.find(({ state }) => state === "HELD" || state === "REFUSED");
    if (!held) continue;
    desk?.act({
      kind: n % 2 ? "timebase.accept" : "timebase.refuse",
      ref: { type: "timebase", id },
      payload: { node: held.node, offMs: held.offMs },
    });
  }
}

const ACTS: Readonly<Record<ActName, Act>> = {
  sos: ({ phones, next }, n) => {
    const request = onIncident(`sos-${next()}`, "sos", {
      payload: { place: PLACE, battery: n % 100 },
    });
    at(phones, n)?.act(request, true);
  },
  acknowledge: ({ desks }, n) => acknowledge(at(desks, n), n >> 2),
  acknowledgeAll: ({ desks }, n) => {
    const desk = at(desks, n);
    for (const { id } of desk ? openOn(desk) : []) desk?.act(onIncident(id, "acknowledge"));
  },
  race: ({ desks }) => {
    const id = at(desks.flatMap(openOn), 0)?.id;
    if (id) for (const desk of desks) desk.act(onIncident(id, "acknowledge"));
  },
  falseAlarm: ({ desks }, n) => {
    const desk = at(desks, n);
    const all = [...(desk?.stores.records.getState().maps.incident.values() ?? [])];
    const id = at(all, n >> 2)?.id;
    if (id) desk?.act(onIncident(id, "falseAlarm", { payload: { reason: "误触" } }));
  },
  report: ({ phones, next }, n) =>
    at(phones, n)?.act(
      onIncident(`report-${next()}`, "report", {
        payload: { kind: "MEDICAL", level: n % 3 ? "GENERAL" : "MAJOR", detail: "有人晕倒" },
      }),
    ),
  message: ({ desks, phones, next }, n) => {
    const toOfficerId = at(phones, n >> 2)?.seated.officerId;
    const payload = { toOfficerId, text: `请回报 ${n}` };
    at(desks, n)?.act({
      kind: "message.send",
      ref: { type: "message", id: `m-${next()}` },
      payload,
    });
  },
  propose: (scene, n) => {
    const id = `d${n % 3}`;
    handIn(scene, "jiangan.judge", "detention.propose", id, {
      caseNo: CASE,
      subject: SUBJECT,
      basisArticles: ["民事诉讼法第114条第1款"],
      actId: `act${n % 3}`,
      days: 15,
      escortIds: ["jiangan.police"],
      hostCourtId: "huangpi",
    });
    const decision = { decisionNo: "(2026)鄂0102司惩1号" };
    const president = "jiangan.president";
    scene.time.after(200, () => handIn(scene, president, "detention.approve", id, decision));
    // Most are lived through to their end: the host court sees them come and go.
    if (n % 4 === 0) return;
    const stopped = { decisionNo: "2", reason: "停止" };
    scene.time.after(2_000, () => onDetention(scene, n, "control", {}));
    scene.time.after(8_000, () => onDetention(scene, n, "intake", { receiptNo: `${n}` }));
    scene.time.after(12_000, () => handIn(scene, president, "detention.stop", id, stopped));
  },
  control: (scene, n) => onDetention(scene, n, "control", {}),
  intake: (scene, n) => onDetention(scene, n, "intake", { receiptNo: `${n}` }),
  release: (scene, n) => onDetention(scene, n, "release", {}),
  hold: ({ desks }, n) => hold(at(desks, n), n),
  notice,
  settle,
  again,
  twisted,
};

export const perform = (scene: Scene, act: ActName, n: number): void => ACTS[act](scene, n);
