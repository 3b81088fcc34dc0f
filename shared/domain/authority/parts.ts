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
