import * as z from "zod";
import type { PutRecord } from "../../shared/wire/live.ts";
import { runPrefix, SIMULATED } from "./papers.ts";
import type { Step, Story } from "./story.ts";

/**
 * What an earlier run left unfinished, as its officers' phones see it at the start, is brought to
 * an end: nobody goes on with it. People in custody stay there.
 */
export function leftoverStory(
  put: PutRecord,
  runId: string,
  isPlayed: (officerId: string) => boolean,
): Story | undefined {
  const earlier = put.id.startsWith(SIMULATED) && !put.id.startsWith(runPrefix(runId));
  const read = earlier ? shape.safeParse(put.dto) : undefined;
  if (!read?.success || read.data.closed) return undefined;
  const steps = stepsFor(put, read.data).filter(({ by }) => by !== "");
  const playable = steps.length > 0 && steps.every(({ by }) => isPlayed(by));
  return playable ? { id: `${runPrefix(runId)}left-${put.id}`, steps } : undefined;
}

const ids = z.array(z.string()).optional();
const shape = z.looseObject({
  closed: z.boolean().optional(),
  courtId: z.string(),
  kind: z.string().optional(),
  state: z.string().optional(),
  parts: z.looseObject({ escort: ids, chiefCommander: ids, sender: ids, reporter: ids }).optional(),
});
type Shape = z.infer<typeof shape>;

function stepsFor({ type, id }: PutRecord, dto: Shape): Step[] {
  const { parts = {}, state } = dto;
  const step = (by: string | undefined, kind: string, payload = {}): Step => ({
    atS: 0,
    by: by ?? "",
    kind,
    ref: { type: type as Step["ref"]["type"], id },
    payload,
  });
  switch (type) {
    case "detention":
      return detentionSteps(dto, step);
    case "operation":
      return [step(parts.chiefCommander?.[0], "operation.abort", { reason: "模拟重新开始" })];
    case "police": {
      const closing = step(parts.sender?.[0], "police.close");
      const over = step(`${dto.courtId}-police`, "police.takeOver");
      return state === "HELD_BY_POLICE" ? [over, closing] : [closing];
    }
    case "incident":
      return [
        step(`${dto.courtId}-duty`, "incident.respond"),
        step(`${dto.courtId}-duty`, "incident.resolve"),
      ];
    default:
      return [];
  }
}

const NOT_HELD: ReadonlySet<string | undefined> = new Set(["PROPOSED", "APPROVED"]);

function detentionSteps(
  { kind, state, parts, courtId }: Shape,
  step: (by: string | undefined, kind: string, payload?: Step["payload"]) => Step,
): Step[] {
  const police = parts?.escort?.find((id) => /-police2?$/.test(id));
  if (kind === "COMPEL") return [step(police, "detention.release")];
  if (state === "IN_CUSTODY") return [];
  if (NOT_HELD.has(state)) {
    return [step(`${courtId}-president`, "detention.stop", { decisionNo: "模拟停止决定书" })];
  }
  return [step(police, "detention.intake", { receiptNo: "模拟收押回执" })];
}
