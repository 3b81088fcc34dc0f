import type { SubjectRef } from "../kernel/record.ts";
import type { PoliceRequestType } from "../police/state.ts";
import type { UnitKind } from "./kinds.ts";
import { LIAISON_CATALOGUE } from "./liaison-catalogue.ts";
import { POLICE_CATALOGUE } from "./police-catalogue.ts";
import type {
  ContentField,
  LiaisonService,
  LiaisonSpec,
  PoliceSpec,
  ShownField,
} from "./service.ts";

/** What the police can be asked for, with the papers it takes and what they may see for it. */
export const policeSpec = (kind: PoliceRequestType): PoliceSpec => POLICE_CATALOGUE[kind];

/** What this kind of unit can be asked for under that name, or nothing. */
export const liaisonSpec = (unit: UnitKind, service: LiaisonService): LiaisonSpec | undefined =>
  LIAISON_CATALOGUE.find((spec) => spec.unit === unit && spec.service === service);

type Content = Readonly<Partial<Record<ContentField, unknown>>>;

/** Fields that the service cannot be asked for without and that are missing, with commas between. */
export const missingFields = (needs: readonly ContentField[], content: Content): string =>
  needs.filter((field) => content[field] === undefined).join(",");

interface Shown extends Content {
  readonly subject?: SubjectRef;
  readonly sceneCommander?: string;
}

/** Of the content, the fields that this service needs and no other; of a person the label alone. */
export function onlyShown(
  shows: readonly ShownField[],
  content: Shown,
): Readonly<Record<string, unknown>> {
  const { subject, ...rest } = content;
  const all: Readonly<Record<string, unknown>> = {
    ...rest,
    ...(subject ? { subject: { id: subject.id, label: subject.label } } : {}),
    ...(subject ? { condition: conditionOf(subject) } : {}),
  };
  return Object.fromEntries(
    shows.filter((field) => all[field] !== undefined).map((field) => [field, all[field]]),
  );
}

const conditionOf = ({ sex, ageBand, flags }: SubjectRef) => ({ sex, ageBand, flags });
