import type { TestKernel } from "./test-kernel.ts";

export const PLACE = { lat: 30.88, lng: 114.37 };
const SUBJECT = { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: [] };
const CASE = "(2026)鄂0102执1号";

export const proposal = {
  caseNo: CASE,
  subject: SUBJECT,
  basisArticles: ["民事诉讼法第114条第1款"],
  actId: "act1",
  days: 15,
  escortIds: ["jiangan.police"],
  hostCourtId: "huangpi",
};

/** What happens in random histories. */
export const ACTS = [
  "sos",
  "ack",
  "resolve",
  "message",
  "propose",
  "control",
  "pause",
  "escalate",
] as const;

/** Any of these may be refused by the state it meets; what counts is that screens stay in step. */
export async function play(k: TestKernel, act: (typeof ACTS)[number], n: number): Promise<void> {
  const d = `d${n}`;
  switch (act) {
    case "sos":
      await k.send("jiangan.police", "incident.sos", "incident", `i${k.kernel.replica.tail.seq}`, {
        detentionId: d,
        place: PLACE,
      });
      return;
    case "ack":
      for (const i of k.kernel.replica.world.all("incident"))
        await k.send("jiangan.duty", "incident.acknowledge", "incident", i.id);
      return;
    case "resolve":
      for (const i of k.kernel.replica.world.all("incident"))
        await k.send("jiangan.duty", "incident.falseAlarm", "incident", i.id, { reason: "误触" });
      return;
    case "message":
      await k.send("jiangan.duty", "message.send", "message", `m${k.kernel.replica.tail.seq}`, {
        toOfficerId: "jiangan.police",
        text: "收到",
      });
      return;
    case "propose":
      await k.send("jiangan.judge", "detention.propose", "detention", d, {
        ...proposal,
        actId: `act${n}`,
      });
      return;
    case "control":
      await k.send("jiangan.police", "detention.control", "detention", d, {});
      return;
    case "pause":
      await k.send("jiangan.police", "detention.release", "detention", d, {});
      return;
    default:
      await k.passScanning(65_000);
  }
}
