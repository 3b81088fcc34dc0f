import { tierPathOf } from "../../../shared/domain/authority/relation.ts";
import type { Role } from "../../../shared/domain/authority/roles.ts";
import { ok, problem } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import type { Route } from "./route.ts";
import { viewOf } from "./view-of.ts";

const READERS: readonly Role[] = ["DUTY_OFFICER", "CENTER_CHIEF"];

/** What a demonstration would have sent outside, to the desks of the courts concerned. */
export const notificationRoutes = ({ outbox, app }: HttpDeps): Route[] => [
  {
    method: "get",
    path: "/api/notifications/outbox",
    access: "SIGNED_IN",
    handle: async (_call, who) => {
      if (!outbox) return problem("NOT_FOUND");
      const { roles, courtId } = who;
      const isDesk = viewOf(who, "console") !== undefined;
      if (!isDesk || !roles.some((role) => READERS.includes(role))) return problem("ROLE_REFUSED");
      const concerns = (court: string) => tierPathOf(app.world, court).includes(courtId);
      const entries = outbox().filter(
        (entry) => concerns(entry.courtId) || concerns(entry.alarmCourtId),
      );
      // Whom another court has registered to be called is that court's, and those above it.
      return ok(entries.map((entry) => (concerns(entry.courtId) ? entry : { ...entry, to: [] })));
    },
  },
];
