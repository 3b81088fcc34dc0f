/**
 * Who is who in one record. Travels in the DTO, so that server and client call `can` with the same
 * inputs. Values are officer ids, except those ending in `Court`, which are court ids.
 */
export type PartName =
  | "proposer"
  | "approver"
  | "chiefCommander"
  | "sceneCommander"
  | "member"
  | "lentMember"
  | "escort"
  | "reporter"
  | "sender"
  | "recipient"
  | "issuer"
  | "reviewJudge"
  | "self"
  | "assignee"
  | "issuerCourt"
  | "recipientCourt"
  | "copiedCourt"
  | "pauserCourt"
  | "filedCourt"
  | "superiorCourt"
  | "holderCourt"
  | "handedCourt"
  | "assistCourt"
  | "commandCourt";

export type Parts = Readonly<Partial<Record<PartName, readonly string[]>>>;

/** 调警: in this record he acts as one of its court's own people, with the roles that he has. */
export const isLentMember = ({ lentMember }: Parts, officerId: string): boolean =>
  lentMember?.includes(officerId) ?? false;
