import { subjectLabel } from "../../../../shared/domain/authority/subject-mask.ts";
import type { SubjectFlag, SubjectRef } from "../../../../shared/domain/kernel/record.ts";
import type { SubjectIdentity } from "../../../link/api.ts";

/** A person as typed in: the identity goes to the vault, only the masked part into the command. */
export interface SubjectDraft {
  readonly name?: string;
  readonly idNumber?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly sex?: SubjectRef["sex"];
  readonly ageBand?: SubjectRef["ageBand"];
  readonly flags?: readonly SubjectFlag[];
}

export const SEXES: readonly SubjectRef["sex"][] = ["M", "F", "UNKNOWN"];
export const AGE_BANDS: readonly SubjectRef["ageBand"][] = [
  "18_69",
  "70_PLUS",
  "16_17",
  "14_15",
  "UNDER_14",
  "UNKNOWN",
];
export const FLAGS: readonly SubjectFlag[] = ["DEPUTY", "HEALTH", "PREGNANT_OR_NURSING"];

export const subjectRefOf = (draft: SubjectDraft, id: string): SubjectRef => ({
  id,
  label: subjectLabel(draft.name?.trim() || "X"),
  sex: draft.sex ?? "UNKNOWN",
  ageBand: draft.ageBand ?? "UNKNOWN",
  flags: draft.flags ?? [],
});

/** Nothing that is empty is kept; `plate` is the form's own field. */
export function identityOf(draft: SubjectDraft, plate?: unknown): SubjectIdentity | undefined {
  const name = draft.name?.trim();
  if (!name) return undefined;
  const rest = (["idNumber", "phone", "address"] as const).flatMap((field) => {
    const value = draft[field]?.trim();
    return value ? [[field, value] as const] : [];
  });
  const car = typeof plate === "string" && plate.trim() ? { plate: plate.trim() } : {};
  return { name, ...Object.fromEntries(rest), ...car };
}
