import type { OperationDto } from "../../../operation/progress.ts";
import { type StoredRecord, textOf } from "../../../store/dto.ts";
import { chinaInput } from "../../../ui/china-time.ts";
import { CASE_NO } from "./fields.ts";
import type { FieldSpec, FormSpec, FormValues } from "./form-spec.ts";

const KINDS = [
  "EVICTION",
  "SEARCH",
  "SEIZURE",
  "COMPEL",
  "DETAIN",
  "INVESTIGATE",
  "SERVE",
  "RAPID",
] as const;
const DOC_NO = 60;

/** Where the place lies, by whose district (OPS-40). */
const WHERE = ["OWN", "OTHER", "OUTSIDE"] as const;

const FIELDS: readonly FieldSpec[] = [
  { name: "code", as: "line", max: 40, required: true },
  { name: "name", as: "line", max: 80, required: true },
  { name: "kind", as: "choice", values: KINDS, words: "domain:operation.kind", required: true },
  { ...CASE_NO, required: true },
  { name: "otherCaseNos", as: "tags" },
  { name: "place", as: "place", address: true, required: true },
  { name: "where", as: "choice", values: WHERE, words: "operation:where", required: true },
  { name: "placeCourtId", as: "court", required: true, when: { field: "where", is: ["OTHER"] } },
  {
    name: "outsidePlace",
    as: "line",
    max: 80,
    required: true,
    when: { field: "where", is: ["OUTSIDE"] },
  },
  {
    name: "highCourtApprovalNo",
    as: "line",
    max: DOC_NO,
    when: { field: "where", is: ["OUTSIDE"] },
  },
  { name: "musterAt", as: "moment", required: true },
  { name: "chiefCommanderId", as: "officer", required: true },
  { name: "sceneCommanderId", as: "officer", required: true },
  { name: "memberIds", as: "officers", required: true },
  { name: "assetIds", as: "assets" },
  {
    name: "risk",
    as: "choice",
    values: ["LOW", "MEDIUM", "HIGH"],
    words: "operation:risk",
    required: true,
  },
  { name: "isMajor", as: "yes" },
  { name: "recordNo", as: "line", max: DOC_NO, when: { field: "isMajor", is: ["true"] } },
  { name: "discussedBy", as: "officers", when: { field: "isMajor", is: ["true"] } },
  {
    name: "searchOrderId",
    as: "line",
    max: DOC_NO,
    when: { field: "kind", is: ["SEARCH", "SEIZURE", "EVICTION"] },
  },
  { name: "evictionNoticeId", as: "line", max: DOC_NO, when: { field: "kind", is: ["EVICTION"] } },
  { name: "evictionDeadlineAt", as: "moment", when: { field: "kind", is: ["EVICTION"] } },
  {
    name: "detentionDecisionIds",
    as: "tags",
    when: { field: "kind", is: ["DETAIN", "SEARCH", "EVICTION"] },
  },
  { name: "subject", as: "subject" },
  {
    name: "congress",
    as: "choice",
    values: ["COUNTY_UP", "TOWNSHIP"],
    words: "operation:congress",
    when: { field: "kind", is: ["DETAIN"] },
  },
  {
    name: "permissionNo",
    as: "line",
    max: DOC_NO,
    when: { field: "congress", is: ["COUNTY_UP"] },
  },
  { name: "planDoc", as: "text", max: 10_000, required: true },
];

const without = (flat: FormValues, names: readonly string[]): FormValues =>
  Object.fromEntries(Object.entries(flat).filter(([name]) => !names.includes(name)));

/** The fields of these names that were filled in, as one part; nothing when none was. */
function part(flat: FormValues, names: readonly string[]): FormValues | undefined {
  const filled = Object.entries(flat).filter(([name]) => names.includes(name));
  return filled.length > 0 ? Object.fromEntries(filled) : undefined;
}

const DOCS = ["searchOrderId", "evictionNoticeId", "evictionDeadlineAt", "detentionDecisionIds"];
const NESTED = [
  ...DOCS,
  "where",
  "placeCourtId",
  "outsidePlace",
  "highCourtApprovalNo",
  "recordNo",
  "discussedBy",
  "congress",
  "permissionNo",
];

function districtOf(flat: FormValues, ownCourtId: string): FormValues {
  if (flat.where === "OWN") return { placeCourtId: ownCourtId };
  if (flat.where === "OTHER") return { placeCourtId: flat.placeCourtId };
  return {
    outsideProvince: { place: flat.outsidePlace, ...part(flat, ["highCourtApprovalNo"]) },
  };
}

/** Papers, discussion and permission are parts of their own in the command. */
function planOf(flat: FormValues, ownCourtId: string): FormValues {
  const docs = part(flat, DOCS);
  const { recordNo, discussedBy = [], congress } = flat;
  return {
    ...without(flat, NESTED),
    ...districtOf(flat, ownCourtId),
    ...(docs ? { docs } : {}),
    ...(recordNo ? { discussion: { recordNo, officerIds: discussedBy } } : {}),
    ...(congress ? { deputy: { congress, ...part(flat, ["permissionNo"]) } } : {}),
  };
}

export const planForm: FormSpec = { fields: FIELDS, shape: planOf };

const PLAN_KINDS: ReadonlySet<string> = new Set(["operation.draft", "operation.revise"]);

/** What a plan begins with, or what is changed of it; permission of a congress is typed anew. */
export function planStart(kind: string, record: StoredRecord | undefined): FormValues {
  if (!PLAN_KINDS.has(kind)) return {};
  if (record?.type !== "operation") return { where: "OWN", risk: "LOW", isMajor: false };
  const dto = record.dto as OperationDto;
  const { plan } = dto;
  return given({
    code: dto.code,
    name: dto.name,
    kind: dto.kind,
    caseNo: dto.caseNo,
    place: dto.place,
    chiefCommanderId: dto.chiefCommanderId,
    sceneCommanderId: dto.sceneCommanderId,
    memberIds: dto.memberIds,
    assetIds: dto.assetIds,
    otherCaseNos: plan?.otherCaseNos,
    ...whereOf(dto),
    risk: plan?.risk,
    isMajor: plan?.isMajor,
    recordNo: plan?.discussion?.recordNo,
    discussedBy: plan?.discussion?.officerIds,
    ...papersOf(plan?.docs),
    musterAt: plan ? chinaInput(plan.musterAt) : undefined,
    planDoc: textOf(plan?.planDoc),
  });
}

function whereOf({ plan, courtId }: OperationDto): FormValues {
  if (plan?.outsideProvince) {
    const { place, highCourtApprovalNo } = plan.outsideProvince;
    return { where: "OUTSIDE", outsidePlace: place, highCourtApprovalNo };
  }
  return plan?.placeCourtId === courtId
    ? { where: "OWN" }
    : { where: "OTHER", placeCourtId: plan?.placeCourtId };
}

type Docs = NonNullable<OperationDto["plan"]>["docs"];

const papersOf = (docs: Docs | undefined): FormValues => ({
  ...docs,
  evictionDeadlineAt:
    docs?.evictionDeadlineAt === undefined ? undefined : chinaInput(docs.evictionDeadlineAt),
});

/** The person whom a plan is directed at is not typed anew. */
export function carriedOn(kind: string, record: StoredRecord | undefined): FormValues {
  if (!PLAN_KINDS.has(kind) || record?.type !== "operation") return {};
  return given({ subject: (record.dto as OperationDto).plan?.subject });
}

const given = (fields: FormValues): FormValues =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
