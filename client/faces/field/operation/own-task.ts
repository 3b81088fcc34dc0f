import {
  checkRows,
  goingIds,
  hasShown,
  isBack,
  needsAttendee,
  type OperationDto,
  sceneStillOwed,
} from "../../../operation/progress.ts";

/** What an officer has to do himself in the stage that the operation is in, one thing at a time. */
export type OwnTask =
  | "check"
  | "team"
  | "credentials"
  | "attendees"
  | "safe"
  | "scene"
  | "evidence";

/** A report of this phone that the records do not show yet. */
export interface OnItsWay {
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * OPS-47: the next of his own tasks in a planned operation; undefined when it is the operation's
 * step itself, or somebody else's turn. What is on its way from this phone counts as done.
 */
export function ownTask(
  dto: OperationDto,
  officerId: string,
  onItsWay: readonly OnItsWay[] = [],
): OwnTask | undefined {
  if (!dto.plan) return undefined;
  const told = (kind: string, about = officerId) =>
    onItsWay.some(
      (item) => item.kind === kind && [undefined, about].includes(item.payload.officerId as string),
    );
  const tasks = TASKS[dto.state ?? "DRAFT"] ?? [];
  return tasks.find((task) => IS_OPEN[task]({ dto, officerId, told }));
}

const TASKS: Readonly<Record<string, readonly OwnTask[]>> = {
  APPROVED: ["check"],
  MUSTERING: ["check", "team"],
  ON_SCENE: ["credentials", "attendees"],
  CLOSING: ["safe", "scene", "evidence"],
};

interface Known {
  readonly dto: OperationDto;
  readonly officerId: string;
  /** Reported from this phone, about the officer himself unless another is named. */
  readonly told: (kind: string, about?: string) => boolean;
}

const commandsScene = ({ dto, officerId }: Known): boolean => dto.sceneCommanderId === officerId;
const goes = ({ dto, officerId }: Known): boolean => goingIds(dto).includes(officerId);

const IS_OPEN: Readonly<Record<OwnTask, (known: Known) => boolean>> = {
  check: ({ dto, officerId, told }) =>
    checkRows(dto).some((row) => row.officerId === officerId && !row.settled) &&
    !told("operation.checkMember"),
  team: (known) =>
    commandsScene(known) &&
    checkRows(known.dto).some(
      ({ officerId, settled }) => !settled && !known.told("operation.checkMember", officerId),
    ),
  credentials: (known) =>
    goes(known) &&
    !hasShown(known.dto, known.officerId) &&
    !known.told("operation.showCredentials"),
  attendees: (known) =>
    commandsScene(known) &&
    needsAttendee(known.dto) &&
    (known.dto.facts?.attendees ?? []).length === 0 &&
    !known.told("operation.recordAttendee"),
  safe: (known) =>
    goes(known) && !isBack(known.dto, known.officerId) && !known.told("operation.reportSafe"),
  scene: (known) => commandsScene(known) && sceneStillOwed(known.dto).length > 0,
  evidence: (known) =>
    commandsScene(known) &&
    known.dto.facts?.evidence === undefined &&
    !known.told("operation.attestEvidence"),
};
