import { z } from "zod";
import { maySit } from "../../../shared/domain/authority/seats.ts";
import { subjectLabel } from "../../../shared/domain/authority/subject-mask.ts";
import { recordId } from "../../../shared/wire/common.ts";
import type { SubjectIdentity } from "../../vault/vault.ts";
import { ok, problem } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import { type Route, readAddress, readBody } from "./route.ts";

const text = (max: number) => z.string().trim().min(1).max(max);

const identity: z.ZodType<SubjectIdentity> = z.strictObject({
  name: text(60),
  idNumber: z.exactOptional(text(30).regex(/^[0-9A-Za-z()（）-]+$/)),
  phone: z.exactOptional(text(20).regex(/^\+?[0-9 -]+$/)),
  address: z.exactOptional(text(200)),
  plate: z.exactOptional(text(15)),
  account: z.exactOptional(text(40).regex(/^[0-9A-Za-z -]+$/)),
});

const address = z.strictObject({ id: recordId });

/** Identities go into the vault before any command speaks of them; commands carry the label. */
export const subjectRoutes = ({ vault }: HttpDeps): Route[] => [
  {
    method: "put",
    path: "/api/subjects/:id",
    access: "SIGNED_IN",
    handle: async (call, who) => {
      const at = readAddress(address, call);
      if (!at.ok) return at.answer;
      if (who.officer === undefined) return problem("PERSON_NEEDED");
      if (!maySit(who.roles, "field")) return problem("ROLE_REFUSED");
      const read = readBody(identity, call.body);
      if (!read.ok) return read.answer;
      const owner = { courtId: who.courtId, by: who.officer.id };
      const outcome = await vault.putSubject(at.value.id, owner, read.value);
      if (outcome === "DIFFERENT") return problem("SUBJECT_DIFFERENT");
      return ok({ id: at.value.id, label: subjectLabel(read.value.name) });
    },
  },
];
