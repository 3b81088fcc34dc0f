import { z } from "zod";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import type { Ref } from "../../../shared/domain/kernel/ref.ts";
import { getRef } from "../../../shared/domain/kernel/state.ts";
import { isEntityType } from "../../../shared/domain/modules.ts";
import { recordId } from "../../../shared/wire/common.ts";
import type { SignedIn } from "../sessions.ts";
import { ok, problem } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import { type Route, readAddress } from "./route.ts";
import { viewOf } from "./view-of.ts";

const seat = z.enum(["console", "wall", "field", "partner", "inspector", "president"]).optional();
const type = z.string().refine(isEntityType);
const MOST_RECORDS = 500;

const timelineAddress = z.strictObject({ type, id: recordId, seat });
const listAddress = z.strictObject({
  type,
  seat,
  closed: z.enum(["0", "1"]).optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(MOST_RECORDS))
    .optional(),
});

/** Questions to the state under present rights; everything else comes by the live channel. */
export const recordRoutes = (deps: HttpDeps): Route[] => [
  {
    method: "get",
    path: "/api/timeline/:type/:id",
    access: "SIGNED_IN",
    handle: async (call, who) => {
      const at = readAddress(timelineAddress, call);
      if (!at.ok) return at.answer;
      const view = viewOf(who, at.value.seat);
      if (view === undefined) return problem("ROLE_REFUSED");
      const ref: Ref = { type: at.value.type, id: at.value.id };
      const timeline = await deps.app.timeline(view, ref);
      if (timeline === undefined) return problem("NOT_FOUND");
      await recordUpwardLook(deps, who, view, ref);
      return ok(timeline);
    },
  },
  {
    method: "get",
    path: "/api/records",
    access: "SIGNED_IN",
    handle: async (call, who) => {
      const at = readAddress(listAddress, call);
      if (!at.ok) return at.answer;
      const view = viewOf(who, at.value.seat);
      if (view === undefined) return problem("ROLE_REFUSED");
      const { limit = 100, closed } = at.value;
      return ok(await deps.app.records(view, at.value.type, { closed: closed === "1", limit }));
    },
  },
];

/** Looking down into a record about a person leaves a trace that the watched court can see. */
async function recordUpwardLook(
  { app }: HttpDeps,
  who: SignedIn,
  view: ViewKey,
  ref: Ref,
): Promise<void> {
  const record = getRef(app.world, ref);
  const aboutPerson = record !== undefined && "subject" in record && record.subject !== undefined;
  if (!aboutPerson || record.courtId === who.courtId) return;
  await app.access({
    kind: "UPWARD_LOOK",
    by: who.officer?.id ?? view,
    session: who.sessionId,
    courtId: who.courtId,
    subject: record.id,
    field: "timeline",
    watchedCourtId: record.courtId,
  });
}
